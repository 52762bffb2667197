"""CSV files: strict about what a row is. Blocks without oddities go through Polars, others row by row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.tables.blocks import BLOCK, Lines, blocks
from tidewaiter.tables.sources import MAX_LINE, Chunk, Position, Unread

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CsvSource"]

_DELIMITERS = ",;\t|"
_BOM = b"\xef\xbb\xbf"
_QUOTE, _SHOWN = b'"', 200


class CsvSource:
    """A CSV file with a header line, in UTF-8. Positions count bytes."""

    typed = False

    def __init__(self, place: str) -> None:
        import os

        self.place, self.size = place, os.path.getsize(place)
        with open(place, "rb") as file:
            head = file.read(MAX_LINE + 4)
        self._skip = len(_BOM) if head.startswith(_BOM) else 0
        end = head.find(b"\n") + 1 or len(head)
        if end > MAX_LINE:
            raise InputFaults([Fault(f"{place}:1", f"the first line is longer than {MAX_LINE:,} bytes", _NO_CSV)])
        self._begin = end
        line = _decoded_head(head[self._skip : end], place).rstrip("\r\n")
        self.delimiter = _delimiter(line)
        self.names = tuple(name.strip() for name in next(csv.reader([line], delimiter=self.delimiter), []))
        self._head = head

    def faults(self) -> list[Fault]:
        """What is wrong with the header and the encoding of the first lines."""
        found = [
            Fault(f"{self.place}:1", f"column {name!r} stands {count} times", "give every column a name of its own")
            for name, count in Counter(self.names).items()
            if count > 1
        ]
        if "" in self.names:
            found.append(Fault(f"{self.place}:1", "a column has no name", "name every column"))
        found += _encoding_faults(self._head[self._begin :], self.place)
        if self.size <= self._begin:
            found.append(Fault(self.place, "holds no rows", "give rows below the header"))
        return found

    def chunks(self, start: Position, rows: int) -> Iterator[Chunk]:
        """The chunks from a byte on."""
        at, line = (start.at, start.line) if start.at else (self._begin, 2)
        size = max(min(BLOCK, rows * 100), 1 << 12)
        with open(self.place, "rb") as file:
            for block in blocks(file, at, line, _last_record, size):
                yield self._chunk(block)

    def _chunk(self, block: Lines) -> Chunk:
        import polars as pl

        frame = self._quick(block)
        after = Position(block.after, block.after_line)
        if frame is not None:
            lines = pl.int_range(block.line, block.line + frame.height, dtype=pl.Int64, eager=True)
            return Chunk(frame, lines, block.unread, after)
        rows, numbers, unread = self._slow(block)
        schema = dict.fromkeys(self.names, pl.String)
        columns = [[row[at] for row in rows] for at in range(len(self.names))]
        frame = pl.DataFrame(
            {name: pl.Series(cells, dtype=pl.String) for name, cells in zip(self.names, columns, strict=True)}, schema
        )
        return Chunk(frame, pl.Series(numbers, dtype=pl.Int64), (*block.unread, *unread), after)

    def _quick(self, block: Lines) -> pl.DataFrame | None:
        """The block by Polars, where every line is certainly one whole row; else None."""
        import polars as pl

        data = block.data
        height = data.count(b"\n") + (not data.endswith(b"\n"))
        plain = _QUOTE not in data
        marks = data.count(self.delimiter.encode()) if plain else _outside_quotes(data, self.delimiter)
        if not data or marks != height * (len(self.names) - 1) or not _is_utf8(data):
            return None
        try:
            frame = pl.read_csv(
                io.BytesIO(data),
                has_header=False,
                new_columns=list(self.names),
                separator=self.delimiter,
                quote_char=None if plain else '"',
                infer_schema=False,
                raise_if_empty=False,
            )
        except pl.exceptions.PolarsError:
            return None
        return frame if frame.height == height and frame.width == len(self.names) else None

    def _slow(self, block: Lines) -> tuple[list[list[str]], list[int], list[Unread]]:
        """The block row by row: rows of the wrong length, or that are no UTF-8, are unread."""
        rows: list[list[str]] = []
        numbers: list[int] = []
        unread: list[Unread] = []
        text = io.StringIO(block.data.decode("utf-8", "surrogateescape"), newline="")
        csv.field_size_limit(MAX_LINE)
        reader, before = csv.reader(text, delimiter=self.delimiter, strict=True), 0
        while True:
            number = block.line + before
            try:
                row = next(reader)
            except StopIteration:
                return rows, numbers, unread
            except csv.Error as error:
                unread.append(Unread(number, f"is no CSV row: {error}", ""))
                row = None
            before = reader.line_num
            if row is None:
                continue
            reason = self._reason(row)
            if not reason:
                rows.append(row)
                numbers.append(number)
            elif row:  # a blank line is no row
                shown = self.delimiter.join(row).encode("utf-8", "replace").decode("utf-8")
                unread.append(Unread(number, reason, shown[:_SHOWN]))

    def _reason(self, row: list[str]) -> str:
        """Why a row cannot be taken as it is."""
        if len(row) != len(self.names):
            return f"has {len(row)} cells where the header has {len(self.names)}"
        if any("\udc80" <= sign <= "\udcff" for cell in row if not cell.isascii() for sign in cell):
            return "is not UTF-8"
        return ""


_NO_CSV = "is it a CSV file? convert it, or give it its own ending"


def _decoded_head(line: bytes, place: str) -> str:
    if line.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in line:
        raise InputFaults([Fault(f"{place}:1", "is UTF-16, or no text", "save the table as UTF-8")])
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        remedy = f"save the table as UTF-8 ({_likely(line)})"
        raise InputFaults([Fault(f"{place}:1", "the header is not UTF-8", remedy)]) from None


def _likely(data: bytes) -> str:
    for encoding in ("gb18030", "big5"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return f"it reads as {encoding}: iconv -f {encoding} -t utf-8"
    return "it reads as latin-1: iconv -f latin1 -t utf-8"


def _encoding_faults(data: bytes, place: str) -> Iterator[Fault]:
    """A fault where the first lines are of another encoding, or of several."""
    lines = data.split(b"\n")[:-1][:5000] or [data]
    foreign = [(number, line) for number, line in enumerate(lines, 2) if not _is_utf8(line)]
    if not foreign:
        return
    number, line = foreign[0]
    mixed = any(not each.isascii() and _is_utf8(each) for each in lines)
    what = "mixes UTF-8 with another encoding" if mixed else "is not UTF-8"
    yield Fault(f"{place}:{number}", f"{what} ({len(foreign)} of the first {len(lines)} lines)", _likely(line))


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(line: str) -> str:
    """The delimiter that the header uses most, outside of quotes."""
    bare = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=lambda sign: (bare.count(sign), -_DELIMITERS.index(sign)))


def _last_record(data: bytes) -> int:
    """Where the last line that ends outside of quotes ends."""
    if _QUOTE not in data:
        return data.rfind(b"\n") + 1
    inside = data.count(_QUOTE) % 2
    end = len(data)
    while True:
        at = data.rfind(b"\n", 0, end)
        if at < 0:
            return 0
        inside = (inside - data.count(_QUOTE, at, end)) % 2
        if not inside:
            return at + 1
        end = at


def _outside_quotes(data: bytes, delimiter: str) -> int:
    """How many delimiters stand outside of quotes."""
    import numpy as np

    signs = np.frombuffer(data, dtype=np.uint8)
    inside = np.bitwise_xor.accumulate((signs == ord('"')).view(np.uint8)).view(bool)
    return int(((signs == ord(delimiter)) & ~inside).sum())
