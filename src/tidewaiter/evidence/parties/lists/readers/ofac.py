"""OFAC's old CSV files: names, addresses, aliases and continued remarks, without headings, joined by number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tidewaiter.evidence.parties.lists.drafts import Draft, Report
from tidewaiter.evidence.parties.lists.entries import Address
from tidewaiter.evidence.parties.lists.readers.remarks import dates_in, identifiers_in, linked_in, weak_names_in
from tidewaiter.evidence.parties.lists.readers.request import Request
from tidewaiter.evidence.parties.lists.readers.rows import plain_rows
from tidewaiter.evidence.parties.lists.sources import open_list, text_of
from tidewaiter.evidence.parties.lists.texts import clean, country_code, kind_code, words

__all__ = ["programs_of", "read_ofac", "with_remarks"]

_NAME, _KIND, _PROGRAM, _REMARKS = 1, 2, 3, 11
_FORMER = "fka"


def read_ofac(request: Request, report: Report) -> Iterator[Draft]:
    """Names with the addresses, aliases and remarks of the files that belong to them."""
    parts = dict(request.parts)
    addresses = _grouped(parts.get("ofac_addresses"), report, 6)
    aliases = _grouped(parts.get("ofac_aliases"), report, 5)
    comments = _grouped(parts.get("ofac_comments"), report, 2)
    rows = list(_rows(request.path, report, 12))
    consolidated = _is_consolidated([programs_of(row[_PROGRAM]) for _, row in rows])
    for line, row in rows:
        number = clean(row[0])
        remarks = clean(row[_REMARKS]) + "".join(clean(more[1]) for more in comments.pop(number, ()))
        programs = programs_of(row[_PROGRAM])
        draft = Draft(line, "", clean(row[_NAME]), number, kind_code(clean(row[_KIND])) or "organization")
        draft.code = request.code or (_consolidated_list(programs, remarks) if consolidated else _main_list())
        draft.programs = programs
        draft.names = [(clean(each[3]), _alias_kind(each)) for each in aliases.pop(number, ())]
        draft.addresses = [found for each in addresses.pop(number, ()) if (found := _address(each))]
        draft.countries = [each.country for each in draft.addresses]
        if not draft.code:
            report.reject(line, f"program {row[_PROGRAM]!r} belongs to no known list", "give --list")
            continue
        yield with_remarks(draft, remarks)
    for file, left in (("addresses", addresses), ("aliases", aliases), ("comments", comments)):
        for number, lost in left.items():
            report.reject(lost[0].line, f"{file} of number {number}, which no name has", "give files of one day")


def programs_of(text: str) -> list[str]:
    """The programs of a cell, in which `] [` or semicolons stand between them."""
    return [part.strip(" []") for part in clean(text).replace("] [", ";").split(";") if part.strip(" []")]


def with_remarks(draft: Draft, remarks: str) -> Draft:
    """The draft with what its remarks state: identifiers, days, weak aliases, a party it is linked to."""
    draft.names += [(name, "weak") for name in weak_names_in(remarks)]
    draft.identifiers += identifiers_in(remarks)
    draft.listed = draft.listed or dates_in(remarks, "listed")
    draft.listed_basis = "effective" if draft.listed else draft.listed_basis
    draft.parent = draft.parent or linked_in(remarks)
    draft.note = remarks
    return draft


class _Cells(list[str]):
    """The cells of a row, and its line."""

    line = 0


def _grouped(path: Path | None, report: Report, width: int) -> dict[str, list[_Cells]]:
    found: dict[str, list[_Cells]] = defaultdict(list)
    if path is not None:
        for line, row in _rows(path, Report(path.name, report.faults, report.remarks), width):
            cells = _Cells(row)
            cells.line = line
            found[clean(row[0])].append(cells)
    return found


def _rows(path: Path, report: Report, width: int) -> Iterator[tuple[int, list[str]]]:
    with open_list(path) as stream:
        for line, row in plain_rows(text_of(stream), report):
            if len(row) != width or not clean(row[0]).isdigit():
                report.reject(line, f"is no row of {width} columns with a number first", "see the row")
            else:
                yield line, row


def _alias_kind(row: list[str]) -> str:
    return "former" if clean(row[2]).casefold() == _FORMER else "alias"


def _address(row: list[str]) -> Address | None:
    street, city, country = (clean(cell) for cell in row[2:5])
    return Address(street, city, country_code(country)) if street or city or country else None


def _is_consolidated(programs: list[list[str]]) -> bool:
    """Whether the file is the one of the lists beside the main one: a share of its rows has their programs."""
    marks = set(words()["consolidated_marks"])
    marked = sum(1 for each in programs if marks & set(each))
    return marked > len(programs) * float(words()["consolidated_share"])


def _main_list() -> str:
    return str(words()["main_list"])


def _consolidated_list(programs: list[str], remarks: str) -> str:
    for row in words()["consolidated"]:
        if row["program"] in programs and row.get("directive", "") in remarks:
            return str(row["list"])
    return ""
