"""The index of names: every usual name of an item or family, in its bare form, to what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.catalog.names import bare

__all__ = ["index_names"]


def index_names(kind: str, shelf: Mapping[str, Any], faults: list[Fault]) -> dict[str, Any]:
    """{"exact": bare name -> item key, "family": bare name -> member keys, "makers": bare word -> makers}.

    A name that two items claim is a fault; an item's own name goes before that of a family.
    """
    exact: dict[str, str] = {}
    for key, row in shelf["items"].items():
        for name in _own_names(key, row):
            if exact.setdefault(name, key) != key:
                faults.append(_clash(row, name, exact[name], key))
    return {
        "exact": exact,
        "family": _families(shelf, faults) if kind == "chips" else {},
        "makers": _makers(shelf["makers"]),
    }


def _own_names(key: str, row: Mapping[str, Any]) -> set[str]:
    full, maker = bare(row.get("name", "")), bare(row.get("vendor") or row.get("developer") or "")
    return {full, full.removeprefix(maker), *map(bare, (key, *row.get("aliases", [])))} - {""}


def _clash(row: Mapping[str, Any], name: str, first: str, second: str) -> Fault:
    remedy = "leave the name to one of them, or to their family"
    return Fault(row["where"], f"the name '{name}' stands for {first} and {second}", remedy)


def _makers(makers: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for maker, words in makers.items():
        for word in {bare(word) for word in words} - {""}:
            found.setdefault(word, []).append(maker)
    return dict(sorted(found.items(), key=lambda entry: (-len(entry[0]), entry[0])))


def _families(shelf: Mapping[str, Any], faults: list[Fault]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for key, row in shelf["items"].items():
        members.setdefault(f"{row.get('vendor')}/{row.get('family')}", []).append(key)
    found: dict[str, list[str]] = {}
    for label, keys in members.items():
        own = shelf["families"].get(label, {})
        for name in {bare(name) for name in (label.split("/", 1)[1], *own.get("aliases", []))}:
            found.setdefault(name, []).extend(keys)
    for label, row in shelf["families"].items():
        if label not in members:
            faults.append(Fault(row["where"], f"the family {label} has no member", "name a family in use"))
        elif "representative" in row and row["representative"] not in members[label]:
            what = f"the representative of {label} is not one of it"
            faults.append(Fault(row["where"], what, f"name one of {', '.join(members[label])}"))
        elif ("representative" in row) != ("because" in row):
            faults.append(Fault(row["where"], f"{label}: representative and because belong together", "give both"))
    return found
