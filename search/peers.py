"""What others would have used: their rankings on the same articles. An optional extra, `bench`."""

from __future__ import annotations

from collections.abc import Mapping

from search.systems import SystemOf

PEERS: Mapping[str, SystemOf] = {}
