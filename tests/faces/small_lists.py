"""A small book of lists, complete for a time, with an index and a store of decisions of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from tidewaiter.evidence.parties.lists import Address, Edition, Entry, Footnote, ListBook, ListedName
from tidewaiter.evidence.parties.lists.catalogue import lists
from tidewaiter.evidence.parties.search.index import PartyIndex
from tidewaiter.faces.screening.sources import Sources
from tidewaiter.keeping import Dispositions

__all__ = ["COMPLETE", "DAY", "entry", "small"]

DAY = dt.date(2025, 10, 15)
COMPLETE = (dt.date(2025, 1, 1), dt.date(2026, 7, 31))


def entry(key: str, name: str, *aliases: str, **more: Any) -> Entry:
    """An entry of the list that the key begins with, of China, listed since 2024 with a citation."""
    names = (ListedName(name), *(ListedName(alias, "alias") for alias in aliases))
    held: dict[str, Any] = {
        "kind": "organization",
        "countries": ("CN",),
        "listed": dt.date(2024, 1, 10),
        "listed_basis": "effective",
        "citation": "89 FR 1",
        "policy": "Presumption of denial",
    }
    return Entry(key, key.partition(":")[0], names=names, **{**held, **more})


ENTRIES = (
    entry(
        "entity_list:1", "Xinghe Quantum Technology Co., Ltd.", "星河量子科技有限公司", footnotes=(Footnote(4, DAY),)
    ),
    entry("entity_list:2", "Beifang Lanyue Microsystems Corporation", listed=dt.date(2025, 12, 1)),
    entry("entity_list:3", "Yuhang Tiangong Laboratory", removed=dt.date(2025, 6, 1)),
    entry("entity_list:4", "Address 01", kind="address", addresses=(Address("1 Example Road", "Hong Kong", "HK"),)),
    entry("sdn:5", "Morskaya Zvezda Shipping", countries=("RU",), programs=("RUSSIA-EO14024",), policy=""),
    entry("sdn:6", "Heiying Cyber Studio", programs=("CYBER2",), policy=""),
    entry("ns_cmic:7", "Dongfang Haiyan Optics Group Co., Ltd.", policy="", citation=""),
    entry("dod_1260h:8", "Dongfang Haiyan Optics Group Co., Ltd.", policy="", citation=""),
)


@cache
def _index(entries: tuple[Entry, ...], editions: tuple[Edition, ...]) -> PartyIndex:
    return PartyIndex.build(ListBook(entries, editions, "d" * 64))


def small(folder: Path, complete: Iterable[str] | None = None, entries: tuple[Entry, ...] = ENTRIES) -> Sources:
    """The sources; the lists named (all, when none is) are complete for the time of COMPLETE."""
    codes = tuple(lists()) if complete is None else tuple(complete)
    editions = tuple(Edition(code, COMPLETE[1], *COMPLETE, True, "test", 3, "e") for code in codes)
    index = _index(entries, editions)
    return Sources(index.book, index, lists(), Dispositions(folder / "decisions.jsonl"))
