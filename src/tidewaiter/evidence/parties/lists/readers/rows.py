"""Rows of comma- or tab-separated files, with what is wrong with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.lists.drafts import ListFault, Report
from tidewaiter.evidence.parties.lists.sources import lines_of

__all__ = ["csv_rows", "plain_rows"]

_END = "\x1a"
_WIDEST = 1_000_000


def plain_rows(stream: io.TextIOBase, report: Report, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row that is not empty; the rows after a control-Z are not read.

    Raises ListFault where the last row is cut off within quotes.
    """
    csv.field_size_limit(_WIDEST)
    tail = _Tail(lines_of(stream, report.name))
    reader = csv.reader(tail, delimiter=delimiter, strict=False)
    while True:
        start = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            report.reject(start, f"is no row: {error}", "see the file")
            continue
        if row and row[0].startswith(_END):
            return
        if any(cell.strip() for cell in row):
            yield start, row
    if tail.cut():
        raise ListFault([Fault(f"{report.name}:{reader.line_num}", "is cut off within a row", "fetch it again")])


def csv_rows(stream: io.TextIOBase, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by heading) of each row. A row of another width is rejected, as the last one it means a cut.

    Raises ListFault where the last row is cut off.
    """
    first = next(lines_of(stream, report.name), "")
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    head = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    short: tuple[int, int] | None = None
    for line, row in plain_rows(stream, report, delimiter):
        if short:
            report.reject(short[0], f"has {short[1]} columns, not {len(head)}", "see the row")
            short = None
        if len(row) != len(head):
            short = (line + 1, len(row))
            continue
        yield line + 1, dict(zip(head, row, strict=True))
    if short and short[1] < len(head):
        where = f"{report.name}:{short[0]}"
        raise ListFault(
            [Fault(where, f"is cut off: its last row has {short[1]} of {len(head)} columns", "fetch it again")]
        )
    if short:
        report.reject(short[0], f"has {short[1]} columns, not {len(head)}", "see the row")


class _Tail:
    """The lines of a stream, remembering the last: a file that ends within quotes is cut off."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._quotes, self._last = lines, 0, "\n"

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._last = line
        self._quotes += line.count('"')
        return line.replace("\0", "")

    def cut(self) -> bool:
        return self._quotes % 2 == 1 and not self._last.endswith("\n")
