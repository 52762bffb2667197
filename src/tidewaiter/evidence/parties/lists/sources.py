"""Opening a list file: gzip or plain, in the encodings the agencies use, within limits of size and of packing."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tidewaiter.base.errors import Fault, LimitExceeded
from tidewaiter.evidence.parties.lists.drafts import ListFault

__all__ = ["MAX_BYTES", "MAX_LINE", "MAX_RATIO", "head_of", "lines_of", "open_list", "text_of"]

MAX_BYTES = 1_500_000_000
"""Largest list that is read, in bytes after unpacking."""
MAX_RATIO = 150
"""Largest size after unpacking, as a multiple of the packed size; lists pack some ten times."""
MAX_LINE = 20_000_000
"""Longest line that is read, in characters."""
_FREE = 5_000_000
_HEAD = 200_000
_PACKED = b"\x1f\x8b"


@contextmanager
def open_list(path: Path) -> Iterator[io.BufferedReader]:
    """The bytes of a list, unpacked. Raises ListFault (missing, cut off, damaged) or LimitExceeded."""
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == _PACKED
            plain.seek(0)
            size = path.stat().st_size
            most = min(MAX_BYTES, max(_FREE, size * MAX_RATIO)) if packed else MAX_BYTES
            source = gzip.GzipFile(fileobj=plain) if packed else plain
            yield io.BufferedReader(_Limited(source, most, path.name), 1 << 16)
    except EOFError:
        raise ListFault([Fault(path.name, "is cut off: the packed data end too early", "fetch it again")]) from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise ListFault([Fault(path.name, f"is damaged: {error}", "fetch it again")]) from None
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise ListFault([Fault(str(path), (error.strerror or str(error)).lower(), "name a readable file")]) from None


class _Limited(io.RawIOBase):
    """A stream that refuses to give more than a number of bytes."""

    def __init__(self, source: io.BufferedIOBase, most: int, name: str) -> None:
        self._source, self._left, self._name, self._most = source, most, name, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise LimitExceeded(f"{self._name}: more than {self._most:,} bytes after unpacking")
        buffer[: len(data)] = data
        return len(data)


def text_of(stream: io.BufferedReader) -> io.TextIOWrapper:
    """The stream as text: UTF-8 or UTF-16 by its mark; bytes that are no UTF-8 are read as Windows-1252."""
    start = stream.peek(4)[:4]
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return io.TextIOWrapper(stream, encoding="utf-16" if wide else "utf-8-sig", errors="tidewaiter-1252", newline="")


def lines_of(stream: io.TextIOBase, name: str) -> Iterator[str]:
    """The lines of a text. Raises LimitExceeded at one that is too long, before it is read to its end."""
    while line := stream.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise LimitExceeded(f"{name}: a line of more than {MAX_LINE:,} characters")
        yield line


def head_of(path: Path) -> str:
    """The beginning of a list as text, for telling its format."""
    with open_list(path) as stream:
        return text_of(stream).read(_HEAD)


def _as_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("tidewaiter-1252", _as_1252)
