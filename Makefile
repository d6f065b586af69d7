# Tra cứu Công đoàn. `make` alone lists what there is to do.

PYTHON ?= python3
# Where to take torch from, e.g. an index of CPU-only wheels; empty: wherever pip looks by itself.
TORCH_INDEX ?=
INDEX_DIR ?= data/index
PORT ?= 7860
VENV ?= .venv
# For `make lock` only: --upgrade, or --upgrade-package NAME.
UPGRADE ?=

# build_index.py writes down the folder named last, so that a plain `make run` goes on with it.
REMEMBERED := $(INDEX_DIR).folder
DOCUMENTS ?= $(or $(shell cat "$(REMEMBERED)" 2>/dev/null),corpus/samples)
# Through the environment, so that a folder's name may hold spaces and quotes.
export DOCUMENTS INDEX_DIR

BIN := $(VENV)/bin/python
TORCH := $(shell sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run test check lint types eval bench peers lock

help:
	@echo "make run                    cài đặt (lần đầu), lập chỉ mục văn bản mẫu, mở trang hỏi đáp"
	@echo "make run DOCUMENTS=thư_mục  như trên, với văn bản của đơn vị"
	@echo "make test                   cài những gì kiểm thử cần rồi chạy toàn bộ kiểm thử"
	@echo "make check                  như CI: ruff, mypy và toàn bộ kiểm thử"
	@echo "make eval | make bench      đo chất lượng | đo tốc độ"
	@echo "make peers                  cài những chương trình để so sánh trong make eval"
	@echo "make lock                   giải lại phiên bản các thư viện (cần mạng)"

run: $(VENV)/run.stamp
	@$(BIN) build_index.py "$$DOCUMENTS" --index-dir "$$INDEX_DIR"
	@$(BIN) -m ui --index-dir "$$INDEX_DIR" --port $(PORT) || [ $$? -eq 130 ] # 130: ended by Ctrl-C

install: $(VENV)/run.stamp

test: $(VENV)/dev.stamp
	$(BIN) -m pytest

check: lint types test

lint: $(VENV)/dev.stamp
	$(BIN) -m ruff check
	$(BIN) -m ruff format --check

types: $(VENV)/dev.stamp
	$(BIN) -m mypy

# The sample questions; then, where the folder of judged data lies beside this one, those of the real documents
# and the public sets, beside the peers that are installed. BENCH_CACHE keeps the indexes of the public sets.
JUDGED ?= ../shared
BENCH_CACHE ?= data/bench
eval: $(VENV)/run.stamp
	$(BIN) -m search.evaluate tests/data/sample_questions.jsonl corpus/samples
	@if [ -d "$(JUDGED)/eval" ]; then \
	  $(BIN) -m search.evaluate "$(JUDGED)/eval/questions.jsonl" "$(JUDGED)/documents"; fi
	@if [ -d "$(JUDGED)/data/benchmarks" ]; then \
	  $(BIN) -m search.benchmark "$(JUDGED)/data/benchmarks" --cache "$(BENCH_CACHE)"; fi

# Speed alone. The library of 53,000 passages is made of the judged data and kept in BENCH_CACHE.
bench: $(VENV)/run.stamp
	$(BIN) -m tests.bench_search
	$(BIN) tests/bench_index.py
	$(BIN) -m tests.bench_build
	$(BIN) -m tests.bench_readers
	$(BIN) -m tests.bench_indicators
	$(BIN) -m tests.bench_precedents
	$(BIN) -m tests.bench_library "$(JUDGED)" --cache "$(BENCH_CACHE)"

# What `make eval` compares with: an extra of pyproject.toml, never part of the program.
peers: $(VENV)/run.stamp
	@$(BIN) -c 'import tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	  print("\n".join(project["optional-dependencies"]["bench"]))' | xargs $(BIN) -m pip install

# --- The environment: each stamp is written last, so an interrupted installation is taken up again. ---

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Cần Python 3.11 trở lên. Nếu máy có bản khác: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Không tạo được môi trường Python. Trên Debian/Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@touch $@

# torch has no place in the lock (see pyproject.toml), so it comes first; its small dependencies are then put
# at the locked versions. The lock is complete: --no-deps keeps pip from looking for anything else.
$(VENV)/run.stamp: $(VENV)/made.stamp requirements.lock pyproject.toml
	@echo "Đang cài các thư viện (vài phút, chỉ lần đầu)..."
	$(BIN) -m pip install $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	$(BIN) -m pip install --no-deps --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(BIN) -m pip install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# Versions for every platform and each Python from 3.11 on. Keeps what is pinned where it still fits;
# `make lock UPGRADE=--upgrade` takes the newest, `UPGRADE="--upgrade-package gradio"` one of them.
COMPILE = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	--no-emit-index-url --custom-compile-command "make lock"
lock: $(VENV)/made.stamp
	$(BIN) -m pip install --quiet "uv>=0.13"
	$(COMPILE) pyproject.toml --no-emit-package torch --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock
