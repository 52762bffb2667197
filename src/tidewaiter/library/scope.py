"""Coverage: the sections of law in scope, and which provisions encode each, found by how citations name sections."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tidewaiter.base.wording import wording
from tidewaiter.library.documents import Document
from tidewaiter.library.model import CONFIDENCES, Law, Section, Source, Version

__all__ = ["STATUSES", "Covered", "citations", "covered", "naming", "read_scope"]

STATUSES = ("encoded", "partly", "left_out")
"""What a section in scope may be."""
_HEAD = ("scope", "title", "source", "checked", "sections")
_ENTRY = ("section", "title", "status", "reason", "source", "confidence", "checked", "named")
_TITLE = re.compile(r"^\d+ CFR (?=\d|part )")
_NUMBER = re.compile(r"\d+\.\d+")
_RANGE = re.compile(r"(\d+)\.(\d+) to (?:\d+\.)?(\d+)")
_SUPPLEMENTS = re.compile(
    r"Supp(?:lement|lements|\.)? Nos?\. ([\d(][^;,]*?(?:, [\d][^;,]*?)*) to (?:\d+ CFR )?part (\d+)"
)
_PARTS = re.compile(r"parts (\d+(?:(?:, (?:and )?| and | to )\d+)*)")
_WIDEST = 200


@dataclass(frozen=True, slots=True)
class Covered:
    """A section with what was found of it: provisions and overlays by name, sources, weakest confidence, oldest check,
    and what the lists of omissions say of it."""

    section: Section
    provisions: tuple[str, ...]
    overlays: tuple[str, ...]
    groups: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: str
    checked: dt.date | None
    left_out: tuple[Mapping[str, Any], ...]


def read_scope(document: Document) -> Iterator[Section]:
    """The sections that a scope file lists; faults are noted in the document."""
    head = document.mapping((), document.data, _HEAD, _HEAD)
    for index, value in enumerate(document.items(("sections",), head.get("sections"))):
        path = ("sections", index)
        entry = document.mapping(path, value, _ENTRY, ("section", "title", "status"))
        status = document.choice((*path, "status"), entry.get("status"), STATUSES, STATUSES[-1])
        for key in ("reason", "confidence") if status != STATUSES[0] else ():
            if not entry.get(key):
                document.fault(
                    path, f"'{key}' is missing", f"a section that is {status} says why, and how sure that is"
                )
        name = document.text((*path, "section"), entry.get("section"))
        yield Section(
            str(head.get("scope")),
            wording(head.get("title")),
            name,
            wording(entry.get("title")),
            status,
            wording(entry.get("reason")),
            Source(
                (document.text(path, entry.get("source") or head.get("source")),),
                document.choice((*path, "confidence"), entry.get("confidence"), CONFIDENCES, ""),
                document.date(path, entry.get("checked") or head.get("checked")),
            ),
            tuple(str(each) for each in document.items((*path, "named"), entry.get("named"))) or _names(name),
        )


def _names(section: str) -> tuple[str, ...]:
    """How citations name a section that does not say so itself: by its number, or by all of it; parts at semicolons."""
    return tuple(_TITLE.sub("", part) for part in section.split("; "))


def _spelled(citation: str) -> str:
    """A citation with lists of parts and supplements written out, each supplement after its part."""
    text = _SUPPLEMENTS.sub(_supplements, citation)
    return _PARTS.sub(lambda found: ", ".join(f"part {part}" for part in _parts(found[1])), text)


def _supplements(found: re.Match[str]) -> str:
    return ", ".join(f"part {found[2]} Supp. No. {number}" for number in re.split(r", and |, | and ", found[1]))


def _parts(text: str) -> list[str]:
    first, _, last = text.partition(" to ")
    if last and int(last) - int(first) < _WIDEST:
        return [str(part) for part in range(int(first), int(last) + 1)]
    return re.findall(r"\d+", text)


def _numbers(citation: str) -> frozenset[str]:
    """The section numbers that a citation names, those within its ranges too."""
    found = set(_NUMBER.findall(citation))
    for part, first, last in _RANGE.findall(citation):
        if int(last) - int(first) < _WIDEST:
            found |= {f"{part}.{number}" for number in range(int(first), int(last) + 1)}
    return frozenset(found)


def naming(citation: str, sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections that a citation names."""
    text, numbers = _spelled(citation), _numbers(citation)
    return tuple(each for each in sections if any(_names_it(text, numbers, name) for name in each.named))


def _names_it(text: str, numbers: frozenset[str], name: str) -> bool:
    if _NUMBER.fullmatch(name):
        return name in numbers
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?!\w)(?!\.\d)(?! Supp)", text) is not None


def citations(law: Law) -> dict[str, list[str]]:
    """Every citation of the law, with where it stands: provisions, their versions and cases, groups, omissions."""
    found: dict[str, list[str]] = {}
    for provision in law.provisions.values():
        for text in {provision.citation, *(text for version in provision.versions for text in _cited(version))}:
            found.setdefault(text, []).append(provision.name)
    for group in (*law.groups.values(), *law.tables.values()):
        found.setdefault(group.citation, []).append(group.name)
    for entry in law.not_encoded:
        found.setdefault(str(entry["citation"]), []).append(str(wording(entry["what"]).en))
    return found


def _cited(version: Version) -> Iterator[str]:
    yield version.citation
    yield from (branch.citation for branch in version.rule.branches if branch.citation)


def covered(law: Law) -> tuple[Covered, ...]:
    """Each section in scope, in the order of the scope files, with what the law has of it."""
    held: dict[str, list[tuple[str, str, Source]]] = {each.name: [] for each in law.scope}
    for provision in law.provisions.values():
        for version in provision.versions:
            for name in _named_by((provision.citation, *_cited(version)), law):
                held[name].append(("provision", provision.name, version.source))
    for overlay in law.overlays:
        for name in _named_by(overlay.source.instruments, law):
            held[name].append(("overlay", overlay.key, overlay.source))
    for group in (*law.groups.values(), *law.tables.values()):
        for name in _named_by((group.citation,), law):
            held[name] += [("group", group.key, version.source) for version in group.versions] or [
                ("group", group.key, Source((), CONFIDENCES[-1], None))
            ]
    return tuple(_covered(section, held[section.name], law) for section in law.scope)


def _named_by(texts: Iterable[str], law: Law) -> frozenset[str]:
    return frozenset(section.name for text in set(texts) if text for section in naming(text, law.scope))


def _covered(section: Section, held: list[tuple[str, str, Source]], law: Law) -> Covered:
    def names(kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for what, name, _ in held if what == kind))

    sources = [source for _, _, source in held] or [section.source]
    stated = [section.source.confidence] if section.source.confidence else []
    confidences = [source.confidence for source in sources] + (stated if not held else [])
    checks = [source.checked for source in sources if source.checked]
    return Covered(
        section,
        names("provision"),
        names("overlay"),
        names("group"),
        tuple(sorted({each for source in sources for each in source.instruments})),
        min(filter(None, confidences), key=CONFIDENCES.index, default=""),
        min(checks, default=None),
        tuple(entry for entry in law.not_encoded if section in naming(str(entry["citation"]), (section,))),
    )
