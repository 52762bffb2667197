"""The law as a book to look things up in: provisions by name, their versions, who refers to whom, coverage."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tidewaiter.base.errors import AmbiguousName, Fault, NameNotFound
from tidewaiter.determine.rendering import plain
from tidewaiter.engine import nodes as n
from tidewaiter.engine.syntax import nearest
from tidewaiter.faces.composition import decider
from tidewaiter.library.groups import group_members, table_map
from tidewaiter.library.model import CONFIDENCES, Group, Law, Overlay, Provision, Rule, Source, Version, rule_nodes
from tidewaiter.library.rules import rule_lines
from tidewaiter.library.scope import STATUSES, Covered, covered

__all__ = [
    "SCHEMA_VERSION",
    "coverage",
    "find_group",
    "find_provision",
    "group_json",
    "matching",
    "overlays_on",
    "provision_json",
    "referring",
    "version_json",
    "version_on",
]

SCHEMA_VERSION = 1
"""Version of the JSON forms of the law."""
_CANDIDATES = 12


def _law() -> Law:
    return decider().law


def matching(pattern: str | None) -> tuple[Provision, ...]:
    """The provisions whose path, term, title or citation holds the pattern, in any case; all without one."""
    wanted = (pattern or "").casefold()
    return tuple(each for each in _law().provisions.values() if not wanted or wanted in _searched(each))


def _searched(each: Provision) -> str:
    return "\n".join((each.name, each.term, each.title.en, each.title.zh, each.citation)).casefold()


def find_provision(name: str) -> Provision:
    """The provision of a path, term, last part of a path, or fragment. Raises NameNotFound or AmbiguousName."""
    provisions = _law().provisions
    wanted = name.removesuffix(".yaml").removeprefix("law/")
    if wanted in provisions:
        return provisions[wanted]
    exact = [each for each in provisions.values() if wanted in (each.name, each.name.rpartition("/")[2])]
    found = exact or [each for each in provisions.values() if each.term.rpartition(".")[2] == wanted]
    found = found or (list(matching(wanted)) if wanted.strip() else [])
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(each.name for each in found[:_CANDIDATES])
        more = f" and {len(found) - _CANDIDATES} more" if len(found) > _CANDIDATES else ""
        raise AmbiguousName([Fault("provision", f"'{name:.60}' fits {len(found)} provisions", f"one of {shown}{more}")])
    names = [*provisions, *(each.name.rpartition("/")[2] for each in provisions.values())]
    remedy = nearest(name, names) or "see: tidewaiter law list"
    raise NameNotFound([Fault("provision", f"'{name:.60}' is no provision", remedy)])


def version_on(provision: Provision, day: dt.date) -> Version | None:
    """The version in force on a day; None before the first and after an end."""
    found = next((each for each in reversed(provision.versions) if each.start <= day), None)
    return None if found is None or (found.stop is not None and day >= found.stop) else found


def overlays_on(provision: Provision) -> tuple[tuple[Overlay, str, Version], ...]:
    """The overlays that touch a provision, with how (replaces, adds) and what they put there, by date."""
    found = []
    for overlay in _law().overlays:
        for how in ("replaces", "adds"):
            touched: Mapping[str, Version] = getattr(overlay, how)
            if provision.term in touched:
                found.append((overlay, how, touched[provision.term]))
    return tuple(sorted(found, key=lambda each: each[0].start))


def referring(provision: Provision) -> tuple[Provision, ...]:
    """The provisions whose conditions, in any version or reading, name the term of this one."""
    return tuple(each for each in _law().provisions.values() if provision.term in _named(each))


def _named(provision: Provision) -> set[str]:
    overlaid = (version for _, _, version in overlays_on(provision))
    rules = [rule for version in (*provision.versions, *overlaid) for rule in _rules(version)]
    nodes = (node for rule in rules for top in rule_nodes(rule) for node in n.walk(top))
    return {node.term for node in nodes if isinstance(node, n.Ref)}


def _rules(version: Version) -> Iterator[Rule]:
    yield version.rule
    yield from (reading.rule for reading in version.readings)


# as data ------------------------------------------------------------------------------------------


def _source_json(source: Source) -> dict[str, Any]:
    return {
        "instruments": list(source.instruments),
        "confidence": source.confidence,
        "checked": plain(source.checked),
        "says": plain(source.says),
    }


def version_json(version: Version) -> dict[str, Any]:
    """A version as plain data."""
    readings = [
        {"name": each.name, "says": plain(each.says), "condition": list(rule_lines(each.rule))}
        for each in version.readings
    ]
    return {
        "from": plain(version.start),
        "until": plain(version.stop),
        "end": version.end,
        "citation": version.citation,
        "condition": list(rule_lines(version.rule)),
        "readings": readings,
        "default_reading": version.default_reading,
        "why": plain(version.why),
        **_source_json(version.source),
    }


def provision_json(provision: Provision, day: dt.date | None = None) -> dict[str, Any]:
    """A provision with all versions, or the one on a day, and what touches it."""
    versions = provision.versions if day is None else filter(None, [version_on(provision, day)])
    return {
        "schema_version": SCHEMA_VERSION,
        "name": provision.name,
        "term": provision.term,
        "type": provision.type.kind,
        "title": plain(provision.title),
        "citation": provision.citation,
        "on": plain(day),
        "versions": [version_json(each) for each in versions],
        "overlays": [_overlay_json(*each) for each in overlays_on(provision)],
        "referred_to_by": [each.name for each in referring(provision)],
    }


def _overlay_json(overlay: Overlay, how: str, version: Version) -> dict[str, Any]:
    return {
        "overlay": overlay.key,
        "layer": overlay.layer,
        "how": how,
        "title": plain(overlay.title),
        "from": plain(overlay.start),
        "until": plain(overlay.stop),
        "binds": overlay.binds,
        "condition": list(rule_lines(version.rule)),
        **_source_json(overlay.source),
    }


def find_group(name: str) -> Group:
    """A group or table by its key, in any case. Raises NameNotFound."""
    held = {**_law().groups, **_law().tables}
    found = held.get(name) or next((each for key, each in held.items() if key.casefold() == name.casefold()), None)
    if found is None:
        remedy = nearest(name, held) or f"one of {', '.join(held)}"
        raise NameNotFound([Fault("group", f"'{name:.60}' is no group or table", remedy)])
    return found


def group_json(group: Group, day: dt.date) -> dict[str, Any]:
    """A group's members (or a table's map) on a day, and its changes."""
    law = _law()
    held: dict[str, Any] = (
        {"members": sorted(group_members(law.groups, group.key, day))}
        if group.key in law.groups
        else {"map": dict(sorted(table_map(group, day).items()))}
    )
    changes = []
    before: frozenset[str] = frozenset()
    for each in group.versions:
        now = each.members or frozenset(f"{key}→{value}" for key, value in each.map.items())
        changes.append(
            {
                "from": plain(each.start),
                "added": sorted(now - before),
                "removed": sorted(before - now),
                **_source_json(each.source),
            }
        )
        before = now
    return {
        "schema_version": SCHEMA_VERSION,
        "group": group.key,
        "title": plain(group.title),
        "citation": group.citation,
        "domain": group.domain,
        "on": plain(day),
        "derived_from": _set_text(group.value),
        **held,
        **_printed(group, day),
        "changes": changes,
    }


def _printed(group: Group, day: dt.date) -> dict[str, Any]:
    """The printed text of a group that follows another list: its members, which may lag behind."""
    if not group.prints:
        return {}
    return {"printed": {"group": group.prints, "members": sorted(group_members(_law().groups, group.prints, day))}}


def _set_text(node: Any) -> str:
    if node is None:
        return ""
    if isinstance(node, n.SetName):
        return node.name
    if isinstance(node, n.SetCodes):
        return "{" + ", ".join(sorted(node.codes)) + "}"
    return f"({_set_text(node.left)} {node.op} {_set_text(node.right)})"


def coverage(regime: str | None = None) -> dict[str, Any]:
    """Every section in scope, by body of law (or one of them), with what encodes it; counts, weak points, omissions.

    Raises NameNotFound for a regime that no scope file has.
    """
    law = _law()
    scope = _scope(law, regime)
    layers = Counter(overlay.layer for overlay in law.overlays)
    return {
        "schema_version": SCHEMA_VERSION,
        "law_digest": law.digest,
        "counts": {
            "provisions": len(law.provisions),
            "versions": sum(len(each.versions) for each in law.provisions.values()),
            "overlays": dict(layers),
            "groups": len(law.groups),
            "tables": len(law.tables),
            "instruments": len(law.instruments),
            "facts": len(law.vocabulary.facts),
            "not_encoded": len(law.not_encoded),
        },
        "scope": scope,
        "folders": _folders(law),
        "weakest": _weakest(law),
        "not_encoded": [plain(each) for each in law.not_encoded],
    }


def _folders(law: Law) -> list[dict[str, Any]]:
    folders: dict[str, dict[str, Any]] = {}
    for provision in law.provisions.values():
        folder = (
            "/".join(provision.name.split("/")[:2]) if provision.name.count("/") > 1 else provision.name.split("/")[0]
        )
        row = folders.setdefault(
            folder,
            {"folder": folder, "provisions": 0, "versions": 0, **dict.fromkeys(CONFIDENCES, 0), "oldest_check": None},
        )
        row["provisions"] += 1
        for version in provision.versions:
            row["versions"] += 1
            row[version.source.confidence] += 1
            checked = version.source.checked
            if checked and (row["oldest_check"] is None or checked < row["oldest_check"]):
                row["oldest_check"] = checked
    return [plain(row) for row in folders.values()]


def _weakest(law: Law) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "term": each.term,
            "title": plain(each.title),
            "from": plain(version.start),
            "instruments": list(version.source.instruments),
        }
        for each in law.provisions.values()
        for version in each.versions
        if version.source.confidence == CONFIDENCES[0]
    ]


def _scope(law: Law, regime: str | None) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for each in covered(law):
        section = each.section
        row = rows.setdefault(
            section.regime,
            {"regime": section.regime, "title": plain(section.regime_title), **dict.fromkeys(STATUSES, 0)},
        )
        row[section.status] += 1
        row.setdefault("sections", []).append(_section_json(each))
    if regime is None:
        return list(rows.values())
    if regime not in rows:
        remedy = nearest(regime, rows) or f"one of {', '.join(rows)}"
        raise NameNotFound([Fault("--regime", f"'{regime:.60}' is no body of law in scope", remedy)])
    return [rows[regime]]


def _section_json(each: Covered) -> dict[str, Any]:
    return {
        "section": each.section.name,
        "title": plain(each.section.title),
        "status": each.section.status,
        "reason": plain(each.section.reason),
        "provisions": list(each.provisions),
        "overlays": list(each.overlays),
        "groups": list(each.groups),
        "sources": list(each.sources),
        "confidence": each.confidence,
        "oldest_check": plain(each.checked),
        "left_out": [plain(entry.get("what")) for entry in each.left_out],
    }
