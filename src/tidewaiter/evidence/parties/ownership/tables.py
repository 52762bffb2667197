"""Ownership from a table: columns owner, owned, share (or at_least, at_most), from, to, source; all faults at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.ownership.graph import Holder, Ownership, Stake, holder_key
from tidewaiter.evidence.parties.ownership.shares import ANY, Share, Span, day_span, share_of

__all__ = ["COLUMNS", "MAX_NAME", "from_csv"]

COLUMNS = {
    "owner": ("owner", "shareholder", "parent", "股东", "所有者"),
    "owned": ("owned", "company", "asset", "subsidiary", "公司", "被持股方"),
    "share": ("share", "percentage", "percent", "持股比例", "比例"),
    "at_least": ("at_least", "min", "不低于"),
    "at_most": ("at_most", "max", "不高于"),
    "from": ("from", "since", "start", "起"),
    "to": ("to", "until", "end", "止"),
    "source": ("source", "来源"),
    "owner_country": ("owner_country",),
    "owned_country": ("owned_country", "country"),
}
"""The columns of a table, and other headings under which each is known."""
MAX_NAME = 1000
"""Longest name, in characters."""
_NEEDED = ("owner", "owned")
_ENDS = ("at_least", "at_most")


def from_csv(text: str, name: str, faults: list[Fault]) -> Ownership:
    """The graph of a table with a heading. Faults are noted with line and column; faulty rows are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    places: dict[str, int] = {}
    holders: dict[str, Holder] = {}
    stakes: list[Stake] = []
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            where = f"{name}:{reader.line_num}"
            if not places:
                places = _places(row, where, faults)
                if not set(_NEEDED) <= set(places):
                    return Ownership()
                continue
            cells = {key: row[index].strip() if index < len(row) else "" for key, index in places.items()}
            if len(row) > len(places) and any(cell.strip() for cell in row[max(places.values()) + 1 :]):
                faults.append(Fault(where, f"{len(row)} cells under {len(places)} headings", "quote cells with commas"))
            elif (stake := _stake(cells, where, faults)) is not None:
                stakes.append(stake)
                for holder in _holders(cells):
                    holders.setdefault(holder.key, holder)
    except csv.Error as error:
        faults.append(Fault(f"{name}:{reader.line_num}", f"is no table: {error}", "close the quotes"))
    if not places:
        faults.append(Fault(name, "holds no rows", f"a heading such as {', '.join(list(COLUMNS)[:3])}, then rows"))
    return Ownership(holders, tuple(stakes))


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _places(row: list[str], where: str, faults: list[Fault]) -> dict[str, int]:
    known = {alias: key for key, aliases in COLUMNS.items() for alias in aliases}
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        key = known.get(cell.strip().lower().replace(" ", "_"))
        if key is None and cell.strip():
            faults.append(Fault(where, f"'{cell.strip():.40}' is no column", f"columns: {', '.join(COLUMNS)}"))
        elif key in found:
            faults.append(Fault(where, f"column {key} stands twice", "keep one of the two"))
        elif key:
            found[key] = index
    for key in _NEEDED:
        if key not in found:
            faults.append(Fault(where, f"no column '{key}'", f"columns: {', '.join(COLUMNS)}"))
    return found


def _stake(cells: Mapping[str, str], where: str, faults: list[Fault]) -> Stake | None:
    before = len(faults)
    for key in _NEEDED:
        if not holder_key(cells[key]) or len(cells[key]) > MAX_NAME:
            what = "is empty" if not cells[key] else "is no name" if len(cells[key]) <= MAX_NAME else "is too long"
            faults.append(Fault(f"{where}: {key}", what, f"a name of at most {MAX_NAME} characters"))
    share = _share(cells, where, faults)
    since, until = _day(cells, "from", where, faults), _day(cells, "to", where, faults)
    if len(faults) > before:
        return None
    source = cells.get("source", "")[:MAX_NAME]
    return Stake(holder_key(cells["owner"]), holder_key(cells["owned"]), share, since, until, source, where)


def _share(cells: Mapping[str, str], where: str, faults: list[Fault]) -> Share:
    stated: dict[str, Share] = {}
    for key in ("share", *_ENDS):
        found = share_of(cells.get(key, ""))
        if found is None:
            what = f"'{cells[key]:.40}' is no share"
            faults.append(Fault(f"{where}: {key}", what, "0 to 100 percent, 25-50, >=25, or nothing where unknown"))
        elif found.is_known or found.is_exact:
            stated[key] = found
    if "share" in stated and len(stated) > 1:
        faults.append(Fault(f"{where}: share", "stands beside at_least or at_most", "keep the one or the others"))
    if "share" in stated:
        return stated["share"]
    low = stated["at_least"].low if "at_least" in stated else ANY.low
    high = stated["at_most"].high if "at_most" in stated else ANY.high
    if low > high:
        faults.append(Fault(f"{where}: at_least", f"{low:g} lies above at_most {high:g}", "swap them"))
        return ANY
    return Share(low, high)


def _day(cells: Mapping[str, str], key: str, where: str, faults: list[Fault]) -> Span | None:
    text = cells.get(key, "")
    found = day_span(text) if text else None
    if text and found is None:
        faults.append(Fault(f"{where}: {key}", f"'{text:.40}' is no day", "YYYY-MM-DD, YYYY-MM or YYYY"))
    return found


def _holders(cells: Mapping[str, Any]) -> Iterator[Holder]:
    for key in _NEEDED:
        country = cells.get(f"{key}_country", "").upper()
        yield Holder(holder_key(cells[key]), " ".join(cells[key].split()), country)
