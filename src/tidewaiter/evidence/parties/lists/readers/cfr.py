"""The lists that stand as tables in the Code of Federal Regulations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.lists.drafts import Draft, ListFault, Report
from tidewaiter.evidence.parties.lists.entries import Address
from tidewaiter.evidence.parties.lists.readers.request import Request
from tidewaiter.evidence.parties.lists.sources import open_list
from tidewaiter.evidence.parties.lists.texts import (
    address_pieces,
    alias_pieces,
    clean,
    country_code,
    day_in,
    pattern,
    words,
)
from tidewaiter.evidence.parties.lists.xml_stream import Element, xml_elements

__all__ = ["name_and_address", "party_cell", "read_cfr"]

_WANTED = frozenset({"TABLE", "table", "GPOTABLE", "HEAD", "AMDDATE"})
_ROWS = ("TR", "tr", "ROW")
_CELLS = ("TD", "td", "ENT", "TH", "th")
_HEADS = ("TH", "th", "CHED")
_BREAKS = ("BR", "br", "P", "p", "FP", "LI", "li")


def read_cfr(request: Request, report: Report) -> Iterator[Draft]:
    """The rows of every table whose headings are those of a list. Raises ListFault when there is none."""
    seen = False
    with open_list(request.path) as stream:
        for table in xml_elements(stream, report.name, _WANTED):
            if table.tag == "AMDDATE" and report.as_of is None:
                report.as_of = day_in(clean(table.text()))
            found = _columns(table, request.code)
            if found:
                seen = True
                yield from _rows(table, *found, report)
    if not seen:
        raise ListFault([Fault(report.name, "holds no table of a known list", "give the supplement with the list")])


def _columns(table: Element, wanted: str) -> tuple[str, dict[str, int]] | None:
    """The list of a table and the place of each field's column."""
    heads = [clean(each.text()).casefold() for each in table.every(*_HEADS)]
    if not heads:
        first = next(iter(table.every(*_ROWS)), None)
        heads = [clean(each.text()).casefold() for each in first.elements()] if first else []
    for row in words()["cfr_tables"]:
        places = {
            field: next((place for place, head in enumerate(heads) if pattern(said).search(head)), -1)
            for field, said in row["headings"].items()
        }
        if min(places.values()) >= 0 and wanted in ("", row["list"]):
            return row["list"], places
    return None


def _rows(table: Element, code: str, places: Mapping[str, int], report: Report) -> Iterator[Draft]:
    country = ""
    width = max(places.values()) + 1
    for row in table.every(*_ROWS):
        cells = [_broken(each) for each in row.elements() if each.tag in _CELLS]
        if any(each.tag in _HEADS for each in row.elements()) or not any(clean(each) for each in cells):
            continue
        cells += [""] * (width - len(cells))
        if head := clean(cells[places["country"]]):
            country = country_code(head.rstrip(".")) or country_code(head.title())
            if not country:
                report.remark(row.line, f"country '{head[:60]}' is not known", "kept without a country")
        if not clean(cells[places["party"]]):
            continue
        yield _draft(code, row.line, country, {field: cells[place] for field, place in places.items()})


def _draft(code: str, line: int, country: str, cells: Mapping[str, str]) -> Draft:
    name, aliases, addresses = party_cell(cells["party"])
    citation = clean(cells.get("citation", ""))
    draft = Draft(line, code, name, names=aliases, countries=[country])
    draft.addresses = [Address(text, "", country) for text in addresses]
    draft.countries += [country_code(text.rpartition(",")[2].strip(" .")) for text in addresses]
    draft.citation = "; ".join(each.group() for each in pattern(words()["citation"]).finditer(citation)) or citation
    draft.requirement, draft.policy = clean(cells.get("requirement", "")), clean(cells.get("policy", ""))
    draft.listed, draft.listed_basis = day_in(citation), "publication"
    return draft


def party_cell(text: str) -> tuple[str, list[tuple[str, str]], list[str]]:
    """The cell of a party as (name, aliases, addresses).

    Aliases follow "a.k.a., the following N aliases", each begun by a dash; the address follows the last of them.
    """
    rows: dict[str, Any] = words()
    lines = [line for part in text.split("\n") if (line := clean(part))]
    whole = "\n".join(lines)
    match = pattern(rows["following"]).search(whole)
    if not match:
        name, address = name_and_address(clean(whole))
        return name, [], address_pieces(address)
    name = whole[: match.start()].strip(" ,\n")
    listed, rest = _listed(whole[match.end() :])
    return name, [(piece, "alias") for piece in listed], address_pieces(rest)


def _listed(text: str) -> tuple[list[str], str]:
    """The aliases at the begin of a text, and what follows them: each alias begins with a dash."""
    found, rest = list[str](), list[str]()
    for line in (each.strip() for each in text.replace("—", "\n—").split("\n") if each.strip()):
        if line.startswith(("—", "-", "–")) and not rest:
            alias, more = _alias_and_rest(line.lstrip("—-– "))
            found += alias_pieces(alias)
            rest += [more] if more else []
        else:
            rest.append(line)
    return found, " ".join(rest)


def _alias_and_rest(text: str) -> tuple[str, str]:
    """An alias and the address that may follow it in one line: parted at a full stop that ends no legal form."""
    for stop in pattern(words()["full_stop"]).finditer(text):
        head, tail = text[: stop.start()], text[stop.end() :]
        if not pattern(words()["form_dot"]).search(head) or pattern(words()["address_begins"]).match(tail):
            return head, tail
    return text, ""


def name_and_address(text: str) -> tuple[str, str]:
    """A name and the address after it: parted at the first comma that no legal form follows."""
    form = pattern(r"^\s*" + words()["legal_forms"])
    at = text.find(",")
    while at >= 0 and form.match(text[at + 1 :]):
        at = text.find(",", at + 1)
    return (text[:at].strip(), text[at + 1 :].strip()) if at > 0 else (text.strip(), "")


def _broken(element: Element) -> str:
    """The text of a cell, its breaks and paragraphs as line ends."""
    parts = list[str]()
    for each in element.children:
        if isinstance(each, str):
            parts.append(" ".join(each.replace("\n", " ").split(" ")))
        else:
            parts.append(("\n" if each.tag in _BREAKS else "") + _broken(each))
    return "".join(parts)
