"""Tables with headings: one row a party, the columns named by the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tidewaiter.evidence.parties.lists.catalogue import list_of_program
from tidewaiter.evidence.parties.lists.drafts import Draft, Report
from tidewaiter.evidence.parties.lists.entries import Address
from tidewaiter.evidence.parties.lists.readers.ofac import programs_of, with_remarks
from tidewaiter.evidence.parties.lists.readers.request import Request
from tidewaiter.evidence.parties.lists.readers.rows import csv_rows
from tidewaiter.evidence.parties.lists.sources import open_list, text_of
from tidewaiter.evidence.parties.lists.texts import (
    clean,
    country_code,
    day_after,
    day_in,
    folded,
    kind_code,
    pattern,
    words,
)

__all__ = ["read_table"]


def read_table(request: Request, report: Report) -> Iterator[Draft]:
    """The rows of a table. Ends that state no end are set aside, and named in the report."""
    columns: Mapping[str, str] = request.row["columns"]
    with open_list(request.path) as stream:
        for line, row in csv_rows(text_of(stream), report):
            cells = {field: clean(row.get(column)) for field, column in columns.items()}
            if pattern(words()["end_row"]).match(next(iter(row.values()), "")):
                return
            code = _list_of(request, cells)
            if not code:
                report.reject(line, "belongs to no known list", "give --list")
                continue
            yield from _drafts(code, cells, line, request, report)


def _list_of(request: Request, cells: Mapping[str, str]) -> str:
    if request.code:
        return request.code
    return list_of_program(cells["list"]) if "list" in cells else str(request.row["list"])


def _drafts(code: str, cells: Mapping[str, str], line: int, request: Request, report: Report) -> Iterator[Draft]:
    draft = Draft(line, code, cells.get("name") or cells.get("or_name", ""), cells.get("id", ""))
    draft.kind = kind_code(cells.get("kind", "")) or ("organization" if "kind" in cells else "")
    draft.names = [(piece, "alias") for piece in _pieces(cells.get("aliases", ""))]
    draft.names += [(piece, "former") for piece in _pieces(cells.get("former", ""))]
    if cells.get("or_name") and cells.get("name"):
        draft.names.append((pattern(words()["name_marks"]).sub("", cells["or_name"]), "alias"))
    _place(draft, cells)
    draft.listed, draft.listed_basis = day_in(cells.get("listed", "")), "effective"
    draft.removed = day_in(cells.get("removed", "")) or day_after(cells.get("removed_after", ""))
    draft.citation, draft.parent = cells.get("citation", ""), cells.get("parent", "")
    draft.requirement, draft.policy = cells.get("requirement", ""), cells.get("policy", "")
    draft.source, draft.note = cells.get("source", ""), cells.get("note", "")
    draft.programs = programs_of(cells.get("programs", ""))
    if "remarks" in cells:
        with_remarks(draft, cells["remarks"])
    _ends(draft, report)
    yield from _named(draft, cells["named_in"], report) if "named_in" in cells else (draft,)


def _place(draft: Draft, cells: Mapping[str, str]) -> None:
    country = country_code(cells.get("address_country", ""))
    draft.countries = [country_code(piece) for piece in _pieces(cells.get("countries", ""))] + [country]
    street = ", ".join(filter(None, (cells.get(field, "") for field in ("street", "state", "postal"))))
    if street or cells.get("city"):
        draft.addresses = [Address(street, cells.get("city", ""), country)]


def _ends(draft: Draft, report: Report) -> None:
    """Take away an end that states none, and give one that the table lacks."""
    for row in words()["void_ends"]:
        if row["list"] == draft.code and row["day"] == draft.removed:
            draft.removed = row["instead"]
            report.remark(
                draft.line,
                f"end {row['day']} set aside, {row['instead']} taken unless that edition names the party",
                row["because"]["en"],
            )
    for row in words()["known_ends"]:
        if row["list"] == draft.code and folded(row["name"]) == folded(draft.name) and not draft.removed:
            draft.removed = row["day"]
            report.remark(draft.line, f"end {row['day']} added", "the next edition does not name the party")


def _named(draft: Draft, text: str, report: Report) -> Iterator[Draft]:
    """The parties that the text of an item names; an item that names none is rejected, saying so."""
    draft.note = text
    match = next((found for source in words()["named_in"] if (found := pattern(source).search(text))), None)
    names = [name for name in match.groupdict().values() if name] if match else []
    if not names:
        report.reject(draft.line, "names no party but a class of things", "screening by name cannot find it")
    for name in names:
        yield Draft(draft.line, draft.code, name, listed=draft.listed, listed_basis=draft.listed_basis, note=draft.note)


def _pieces(text: str) -> list[str]:
    return [piece for part in text.split(";") if (piece := clean(part))]
