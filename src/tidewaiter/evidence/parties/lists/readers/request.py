"""What a reader is asked to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Request"]


@dataclass(frozen=True, slots=True)
class Request:
    """The file to read, the files that belong to it, the format's row of the data, the code of its list if given."""

    path: Path
    format: str
    row: Mapping[str, Any]
    code: str = ""
    parts: tuple[tuple[str, Path], ...] = ()
