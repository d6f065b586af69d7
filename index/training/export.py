"""The trained rows as a folder that `SentenceTransformer(path)` opens offline."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import SETTINGS_FILE
from index.preparation import UNKNOWN
from index.training.train import Rows

FILES = ("model.safetensors", "tokenizer.json", "modules.json", "config_sentence_transformers.json")


def export_model(folder: Path, tokens: Sequence[str], rows: Rows, facts: dict[str, Any]) -> None:
    """Write weights (fp16), tokenizer, configuration and digests; MODEL_CARD.md is left as it is.

    Args:
        folder: Made if it is not there; each file is replaced only when the new one is whole.
        tokens: Row number -> token; row 0 is `[UNK]`.
        rows: (len(tokens), dim) float32.
        facts: Options of the training, kept beside the weights.
    """
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    _write_weights(part / "model.safetensors", rows)
    _write_tokenizer(part / "tokenizer.json", tokens)
    _write_json(
        part / "modules.json",
        [{"idx": 0, "name": "0", "path": "",
          "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"}],
    )  # fmt: skip
    _write_json(
        part / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"},
    )
    (part / "model.safetensors").chmod(0o644)  # safetensors lets none but the owner read it
    digests = {name: hashlib.sha256((part / name).read_bytes()).hexdigest() for name in FILES}
    _write_json(
        part / SETTINGS_FILE,
        {"segmentation": "words+syllables", "dim": rows.shape[1], "training": facts, "sha256": digests},
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*FILES, SETTINGS_FILE):
        (part / name).replace(folder / name)
    part.rmdir()


def _write_weights(path: Path, rows: Rows) -> None:
    from safetensors.numpy import save_file

    # One common factor changes no cosine and keeps short rows clear of half precision's subnormals.
    scaled = rows / np.linalg.norm(rows[1:], axis=1).mean()
    save_file({"embedding.weight": np.ascontiguousarray(scaled, dtype=np.float16)}, str(path))


def _write_tokenizer(path: Path, tokens: Sequence[str]) -> None:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    vocabulary = {token: row for row, token in enumerate(tokens)}
    if len(vocabulary) != len(tokens):
        raise ValueError(f"{len(tokens) - len(vocabulary)} tokens stand twice in the vocabulary")
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    tokenizer.save(str(path), pretty=False)


def _write_json(path: Path, content: object) -> None:
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )
