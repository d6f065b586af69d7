"""Text to unit vectors: the shipped static model, or any SentenceTransformer by name or path.

What a model wants its text to look like (prefixes, segmentation) is decided here once, when
it is loaded, so that passages and questions can never be prepared differently.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from corpus.errors import EncoderError, EncoderMismatchError
from index.preparation import Preparation, Segmentation, preparation_of, prepare

FloatMatrix = npt.NDArray[np.float32]

SHIPPED_NAME = "tracuu-static"
SHIPPED_FOLDER = Path(__file__).parent / "model"
ENCODER_VARIABLE = "TRACUU_ENCODER"
SETTINGS_FILE = "tracuu.json"  # beside the weights of models trained by index.training


class Encoder(Protocol):
    """Anything that maps text to unit vectors; the tests use a hash, not a network.

    Queries and passages have separate methods because many retrieval models want a
    different prefix on each, and a caller must not be able to forget which is which.
    """

    @property
    def name(self) -> str:
        """Model id and revision, as recorded in the manifest; `load_encoder` reads it back."""
        ...

    @property
    def dim(self) -> int:
        """Length of every vector."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Return a (len(texts), dim) float32 matrix whose rows have L2 norm 1."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Return a (len(texts), dim) float32 matrix whose rows have L2 norm 1."""
        ...


@runtime_checkable
class PreparedEncoder(Encoder, Protocol):
    """An encoder to which passages may come as `prepare` gives them, prepared by another process."""

    @property
    def segmentation(self) -> Segmentation: ...

    def encode_prepared(self, prepared: Sequence[str]) -> FloatMatrix: ...


class SentenceEncoder:
    """A SentenceTransformer with the preparation its family wants."""

    def __init__(self, model: Any, name: str, preparation: Preparation, batch_size: int = 32) -> None:
        self._model, self._name, self.preparation = model, name, preparation
        self._batch_size = batch_size
        modules = list(model) if preparation.segmentation == "words+syllables" else []
        self._static = modules[0] if len(modules) == 1 and hasattr(modules[0], "embedding") else None
        self._rows: Any = self._static.embedding.weight.detach().numpy() if self._static is not None else None
        # A model that brings prompts of its own knows better than our list of families.
        prompts = {key: text for key, text in (model.prompts or {}).items() if text}
        self._query_prefix = prompts.get("query", preparation.query_prefix)
        self._passage_prefix = prompts.get("document", prompts.get("passage", preparation.passage_prefix))

    @property
    def name(self) -> str:
        return self._name

    @property
    def dim(self) -> int:
        return int(self._model.get_embedding_dimension())

    @property
    def segmentation(self) -> Segmentation:
        """Which words its texts are segmented into."""
        return self.preparation.segmentation

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Return (len(texts), dim) float32, rows of L2 norm 1."""
        return self._encode(texts, self._passage_prefix)

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Return (len(texts), dim) float32, rows of L2 norm 1."""
        return self._encode(texts, self._query_prefix)

    def encode_prepared(self, prepared: Sequence[str]) -> FloatMatrix:
        """Return (len(prepared), dim) float32, rows of L2 norm 1, for passages as `prepare` gives them."""
        return self._unit([self._passage_prefix + text for text in prepared])

    def _encode(self, texts: Sequence[str], prefix: str) -> FloatMatrix:
        return self._unit([prefix + text for text in prepare(texts, self.preparation.segmentation)])

    def _unit(self, prepared: list[str]) -> FloatMatrix:
        """Return (len(prepared), dim) float32, what the model makes of texts, rows of L2 norm 1."""
        if not prepared:
            return np.zeros((0, self.dim), dtype=np.float32)
        # Normalised here, in float32: half-precision norms are off by up to a thousandth.
        matrix = np.ascontiguousarray(self._embedded(prepared), dtype=np.float32)
        norms = np.linalg.norm(matrix, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or (norms == 0).any():
            row = int(np.argmin(np.where(np.isfinite(norms), norms, 0)))
            raise EncoderError(
                f"Mô hình {self._name} cho véc-tơ rỗng với văn bản {prepared[row][:60]!r}",
                f"Hãy dùng mô hình khác, hoặc bỏ biến {ENCODER_VARIABLE} để dùng mô hình kèm theo",
            )
        unit: FloatMatrix = matrix / norms
        return unit

    def _embedded(self, prepared: list[str]) -> Any:
        """Return (len(prepared), dim), what the model makes of texts."""
        if self._static is None or len(prepared) > 1:
            asked: dict[str, Any] = {"batch_size": self._batch_size, "prompt": ""}
            return self._model.encode(prepared, show_progress_bar=False, convert_to_numpy=True, **asked)
        # A question: what is done around many texts would take ten times as long as the mean.
        rows = self._rows
        ids = self._static.tokenizer.encode(prepared[0], add_special_tokens=False).ids
        return rows[ids].sum(axis=0, keepdims=True) / max(1, len(ids))


class LazyEncoder:
    """An encoder known by name and dimension; loaded when the first text comes, if one comes."""

    def __init__(self, name: str, dim: int) -> None:
        self.name, self.dim = name, dim
        self._encoder: SentenceEncoder | None = None

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        return self._loaded().encode_passages(texts)

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        return self._loaded().encode_queries(texts)

    def encode_prepared(self, prepared: Sequence[str]) -> FloatMatrix:
        return self._loaded().encode_prepared(prepared)

    @property
    def segmentation(self) -> Segmentation:
        return self._loaded().segmentation

    def _loaded(self) -> SentenceEncoder:
        self._encoder = self._encoder or load_encoder(self.name)
        return self._encoder


def load_encoder(name: str | None = None) -> SentenceEncoder:
    """Load a model: its name as in a manifest, a folder, or a name on the Hugging Face hub.

    Args:
        name: None means $TRACUU_ENCODER or, where that is not set, the shipped model.
            "name@revision" asks for that very revision.

    Raises:
        EncoderError: the model is missing, half-copied, or not a SentenceTransformer.
        EncoderMismatchError: a local model has changed since the revision asked for.
    """
    asked = name or os.environ.get(ENCODER_VARIABLE) or SHIPPED_NAME
    plain, _, revision = asked.partition("@")
    folder = SHIPPED_FOLDER if plain == SHIPPED_NAME else Path(plain).expanduser()
    if plain == SHIPPED_NAME or folder.is_dir():
        encoder = _load_folder(folder, plain)
        if revision and encoder.name != asked:
            raise EncoderMismatchError(asked, encoder.name)
        return encoder
    if plain.startswith((".", "/", "~")) or plain.count("/") != 1:
        raise EncoderError(
            f"Không có mô hình {plain!r}",
            f"Đặt {ENCODER_VARIABLE} là một thư mục có mô hình hoặc tên dạng 'tổ-chức/mô-hình', "
            "hoặc bỏ biến đó để dùng mô hình kèm theo",
        )
    return _load_hub(plain, revision or None)


def _load_folder(folder: Path, name: str) -> SentenceEncoder:
    """Load a model that lies on this machine; nothing is ever fetched for it."""
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise EncoderError(f"Thư mục {folder} không có mô hình (thiếu modules.json)", _remedy(name))
    preparation, batch_size = preparation_of(_base_name(folder)), 32
    settings_path = folder / SETTINGS_FILE
    digest = folder_digest(folder)
    if settings_path.is_file():
        settings = _read_settings(settings_path, name)
        for file, expected in settings["sha256"].items():
            path = folder / file
            if not path.is_file() or _sha256(path) != expected:
                raise EncoderError(f"Tệp mô hình {path} bị mất hoặc chép dở", _remedy(name))
        preparation, batch_size = Preparation(settings["segmentation"]), 1024
    model = _sentence_transformer(str(folder), name, local_files_only=True)
    if preparation.segmentation == "words+syllables":
        model = model.float()  # stored in half precision, but summed in full
    return SentenceEncoder(model, f"{name}@{digest[:12]}", preparation, batch_size)


def _load_hub(name: str, revision: str | None) -> SentenceEncoder:
    """Load a hub model: the copy on this machine if there is one, else from the network."""
    try:
        model = _sentence_transformer(name, name, local_files_only=True, revision=revision)
    except EncoderError:
        if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "TRUE", "YES", "ON"}:
            raise
        model = _sentence_transformer(name, name, local_files_only=False, revision=revision)
    commit = revision or _hub_commit(model)
    return SentenceEncoder(model, f"{name}@{commit}" if commit else name, preparation_of(name))


def _sentence_transformer(
    path: str, name: str, *, local_files_only: bool, revision: str | None = None
) -> Any:
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(path, device="cpu", local_files_only=local_files_only, revision=revision)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, ImportError, SafetensorError) as error:
        # What the libraries raise for a missing file, a cut one, a foreign one and no network.
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise EncoderError(f"Không mở được mô hình {name!r}: {reason}", _remedy(name)) from error
    return model


def _remedy(name: str) -> str:
    if name == SHIPPED_NAME:
        return "Hãy chép lại thư mục index/model từ bản cài đặt"
    return (
        f"Hãy chép lại mô hình cho đủ, hoặc bỏ biến {ENCODER_VARIABLE} để dùng mô hình kèm theo "
        "(mô hình trên mạng chỉ tải được khi máy có mạng)"
    )


def _read_settings(path: Path, name: str) -> dict[str, Any]:
    try:
        settings: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if settings["segmentation"] not in ("none", "words", "words+syllables"):
            raise ValueError(settings["segmentation"])
        dict(settings["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(f"Tệp {path} bị hỏng", _remedy(name)) from error
    return settings


def _base_name(folder: Path) -> str:
    """The folder's name and what its configuration says it was made from."""
    names = [folder.name]
    for path in (folder / "config.json", folder / "0_Transformer" / "config.json"):
        if path.is_file():
            try:
                config = json.loads(path.read_text(encoding="utf-8"))
            except ValueError:
                continue  # said better by the loader
            names += [str(config.get("_name_or_path", "")), str(config.get("tokenizer_class", ""))]
    return " ".join(names)


def _hub_commit(model: Any) -> str | None:
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    return getattr(config, "_commit_hash", None)


def folder_digest(folder: Path) -> str:
    """Return the SHA-256 over names and contents of a model's files, documentation left out."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".json", ".safetensors", ".bin", ".txt", ".model"}:
            total.update(f"{path.relative_to(folder).as_posix()}\0{_sha256(path)}\n".encode())
    return total.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_current(built_with: str, name: str | None = None) -> bool:
    """True where `load_encoder(name)` would give the encoder called `built_with`; loads nothing.

    Of a hub model whose revision is not asked for, only the name is compared.
    """
    asked = name or os.environ.get(ENCODER_VARIABLE) or SHIPPED_NAME
    plain, _, revision = asked.partition("@")
    folder = SHIPPED_FOLDER if plain == SHIPPED_NAME else Path(plain).expanduser()
    if plain == SHIPPED_NAME or folder.is_dir():
        return built_with == f"{plain}@{folder_digest(folder)[:12]}"
    return built_with == asked if revision else built_with.partition("@")[0] == plain
