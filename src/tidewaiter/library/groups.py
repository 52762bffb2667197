"""Groups and tables from their files, and their members on a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from tidewaiter.base.errors import LawFaults
from tidewaiter.base.wording import wording
from tidewaiter.engine.nodes import SetCodes, SetName, SetNode
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.vocabulary import Vocabulary
from tidewaiter.library.documents import Document
from tidewaiter.library.model import CONFIDENCES, Group, GroupVersion, Source

__all__ = ["ParseSet", "group_members", "read_group", "table_map"]

ParseSet = Callable[[str, str, Any], SetNode]
"""Text, domain, place → set. Raises LawFaults."""

_KEYS = ("group", "table", "domain", "title", "citation", "versions", "value", "prints", "note", "default", "says")
_VERSION = ("from", "source", "confidence", "checked", "says", "set", "add", "remove", "map", "note", "citation")


def read_group(document: Document, vocabulary: Vocabulary, parse_set: ParseSet) -> Group:
    """The group or table of a document; faults are noted in it."""
    data = document.mapping((), document.data, _KEYS, ("domain", "title"))
    key = str(data.get("group") or data.get("table"))
    domain = str(data.get("domain"))
    if domain not in vocabulary.domains:
        document.fault(("domain",), f"'{domain}' is no domain", nearest(domain, vocabulary.domains))
    derived = data.get("value")
    return Group(
        document.name.removesuffix(".yaml"),
        key,
        domain,
        wording(data.get("title")),
        document.text((), data.get("citation")),
        _versions(document, data, vocabulary, domain),
        _derived(document, derived, domain, parse_set) if derived else None,
        document.text((), data.get("prints")),
    )


def _derived(document: Document, text: Any, domain: str, parse_set: ParseSet) -> SetNode | None:
    try:
        return parse_set(str(text), domain, document.place(("value",)))
    except LawFaults as error:
        document.faults.extend(error.faults)
        return None


def _versions(
    document: Document, data: Mapping[str, Any], vocabulary: Vocabulary, domain: str
) -> tuple[GroupVersion, ...]:
    found: list[GroupVersion] = []
    members: frozenset[str] = frozenset()
    for index, value in enumerate(document.items(("versions",), data.get("versions"))):
        path = ("versions", index)
        entry = document.mapping(path, value, _VERSION, ("from", "source", "confidence", "checked"))
        start = document.date((*path, "from"), entry.get("from"))
        if start is None:
            continue
        if found and start <= found[-1].start:
            document.fault(path, f"starts {start}, not after the one before", "sort by from:")
        members = _next(document, path, entry, members)
        table = {str(key): str(code) for key, code in document.entries((*path, "map"), entry.get("map")).items()}
        _known(document, path, {*members, *table, *table.values()}, vocabulary, domain)
        found.append(GroupVersion(start, _source(document, path, entry), members, table))
    return tuple(found)


def _next(
    document: Document, path: tuple[str | int, ...], entry: Mapping[str, Any], members: frozenset[str]
) -> frozenset[str]:
    if "set" in entry:
        return frozenset(map(str, document.items((*path, "set"), entry["set"])))
    added = frozenset(map(str, document.items((*path, "add"), entry.get("add"))))
    removed = frozenset(map(str, document.items((*path, "remove"), entry.get("remove"))))
    for code in sorted(added & members):
        document.fault((*path, "add"), f"'{code}' is a member already")
    for code in sorted(removed - members):
        document.fault((*path, "remove"), f"'{code}' is no member")
    return (members | added) - removed


def _known(
    document: Document, path: tuple[str | int, ...], codes: set[str], vocabulary: Vocabulary, domain: str
) -> None:
    known = vocabulary.domains[domain].codes if domain in vocabulary.domains else {}
    for code in sorted(codes - set(known)):
        document.fault(path, f"'{code}' is no code of {domain}", nearest(code, known))


def _source(document: Document, path: tuple[str | int, ...], entry: Mapping[str, Any]) -> Source:
    return Source(
        tuple(part.strip() for part in document.text(path, entry.get("source")).split(";") if part.strip()),
        document.choice((*path, "confidence"), entry.get("confidence"), CONFIDENCES, "low"),
        document.date((*path, "checked"), entry.get("checked")),
        wording(entry.get("says")),
    )


def _version_on(group: Group, day: dt.date) -> GroupVersion | None:
    return next((version for version in reversed(group.versions) if version.start <= day), None)


def group_members(groups: Mapping[str, Group], key: str, day: dt.date) -> frozenset[str]:
    """The members of a group on a day; before its first version it has none."""
    group = groups[key]
    if group.value is not None:
        return _evaluated(group.value, groups, day)
    version = _version_on(group, day)
    return version.members if version else frozenset()


def _evaluated(node: SetNode, groups: Mapping[str, Group], day: dt.date) -> frozenset[str]:
    if isinstance(node, SetName):
        return group_members(groups, node.name, day)
    if isinstance(node, SetCodes):
        return node.codes
    left, right = _evaluated(node.left, groups, day), _evaluated(node.right, groups, day)
    return {"|": left | right, "&": left & right, "-": left - right}[node.op]


def table_map(table: Group, day: dt.date) -> Mapping[str, str]:
    """What a table maps on a day."""
    version = _version_on(table, day)
    return version.map if version else {}
