"""A file of named columns: a JSON head, then flat arrays, with a digest over all of it.

Nothing in it can run code when read. A file that is damaged, cut short, of another format or made from other lists is
refused with the reason; it is a cache, so the caller builds it anew.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from array import array
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults

__all__ = ["Columns", "StaleCache", "read_columns", "write_columns"]

_MAGIC = b"tidewaiter-columns\n"
_DIGEST = 32
_ALIGN = 16
_HEAD_LIMIT = 1 << 20
_FILE_LIMIT = 1 << 30
_TYPES = {"B": 1, "H": 2, "I": 4, "f": 4}


class StaleCache(InputFaults):
    """A cache file cannot be used: it is damaged, of another format, or made from other lists."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns by name: bytes of UTF-8 text ("text") or flat arrays of B, H, I (unsigned 8, 16, 32 bits), f (32-bit)."""

    bound: Mapping[str, Any]
    texts: Mapping[str, bytes | memoryview]
    arrays: Mapping[str, array[Any] | memoryview]


def write_columns(path: Path, columns: Columns) -> None:
    """Write the file at once or not at all: readers see the old one or the new one.

    Raises OSError where the folder cannot be written.
    """
    parts: list[bytes] = []
    head: list[list[Any]] = []
    offset = 0
    named = [(name, "text", bytes(text)) for name, text in columns.texts.items()]
    named += [(name, _type_of(column), _little(column)) for name, column in columns.arrays.items()]
    for name, kind, content in named:
        head.append([name, kind, offset, len(content)])
        padding = -len(content) % _ALIGN
        parts += [content, bytes(padding)]
        offset += len(content) + padding
    top = json.dumps({"bound": columns.bound, "columns": head}, sort_keys=True).encode()
    top += b" " * (-(len(_MAGIC) + _DIGEST + 4 + len(top)) % _ALIGN)
    body = b"".join([len(top).to_bytes(4, "little"), top, *parts])
    _replace(path, _MAGIC + sha256(body).digest() + body)


def read_columns(path: Path, bound: Mapping[str, Any]) -> Columns:
    """The columns of a file that was made with just this `bound` (format, digest of the lists, …).

    Raises StaleCache, with what is wrong, for any other file and for one that is absent.
    """
    try:
        if path.stat().st_size > _FILE_LIMIT:
            raise _stale(path, "larger than a cache can be")
        data = path.read_bytes()
    except OSError as error:
        raise _stale(path, f"cannot be read ({error.strerror or error})") from error
    start = len(_MAGIC) + _DIGEST
    if not data.startswith(_MAGIC):
        raise _stale(path, "not a file of columns")
    body = memoryview(data)[start:]
    if sha256(body).digest() != data[len(_MAGIC) : start]:
        raise _stale(path, "damaged or cut short")
    try:
        return _decoded(body, bound, path)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise _stale(path, "not a well-formed file of columns") from error


def _decoded(body: memoryview, bound: Mapping[str, Any], path: Path) -> Columns:
    size = int.from_bytes(body[:4], "little")
    if size > _HEAD_LIMIT:
        raise ValueError(size)
    head = json.loads(bytes(body[4 : 4 + size]))
    if head["bound"] != dict(bound):
        raise _stale(path, "made from other lists or by another version")
    content = body[4 + size :]
    texts: dict[str, bytes | memoryview] = {}
    arrays: dict[str, array[Any] | memoryview] = {}
    for name, kind, offset, length in head["columns"]:
        part = content[offset : offset + length]
        if len(part) != length:
            raise ValueError(name)
        if kind == "text":
            texts[name] = part
        else:
            arrays[name] = _column(part, kind)
    return Columns(head["bound"], texts, arrays)


def _column(part: memoryview, kind: str) -> array[Any] | memoryview:
    if kind not in _TYPES:
        raise ValueError(kind)
    if sys.byteorder == "little":
        return part.cast(kind)  # type: ignore[call-overload, no-any-return]
    swapped: array[Any] = array(kind, bytes(part))
    swapped.byteswap()
    return swapped


def _type_of(column: array[Any] | memoryview) -> str:
    return column.typecode if isinstance(column, array) else column.format


def _little(column: array[Any] | memoryview) -> bytes:
    if sys.byteorder == "little":
        return column.tobytes()
    swapped = array(_type_of(column), column.tobytes())
    swapped.byteswap()
    return swapped.tobytes()


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _stale(path: Path, what: str) -> StaleCache:
    return StaleCache([Fault(path.name, what, "it is built anew from the lists")])
