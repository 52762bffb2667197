"""Amendments: changes of the law that somebody proposes or imagines, written in the law language.

Law with an amendment is law: the same provisions, with an overlay on every layer, overlays lifted, groups changed.
An amendment is read as strictly as a law file, and nothing of it is used when anything in it is wrong.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

from tidewaiter.base.errors import LawFaults, LimitExceeded
from tidewaiter.base.wording import Wording, wording
from tidewaiter.engine.parser import parse_expression
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.library.checks import check_law
from tidewaiter.library.documents import Document, read_document
from tidewaiter.library.expressions import Expression
from tidewaiter.library.model import Group, GroupVersion, Law, Overlay, Provision, Rule, Source, Version
from tidewaiter.library.provisions import ProvisionReader
from tidewaiter.library.revision import as_of, in_force, revised

__all__ = ["MAX_AMENDMENT", "Amendment", "Listing", "amended", "read_amendment"]

_Path = tuple[str | int, ...]
MAX_AMENDMENT = 500_000
"""Longest amendment that is read, in characters."""
_LAYER = "amendment"
_KEYS = (
    *("amendment", "title", "says", "source", "from", "to", "note", "see"),
    *("replaces", "adds", "repeals", "numbers", "takes", "lifts", "groups", "listings"),
)
_CHANGES = _KEYS[8:]
_FOR_GOOD = ("lifts", "groups", "listings")
_LISTING = ("name", "names", "list", "country", "footnote", "policy")


@dataclass(frozen=True, slots=True)
class Listing:
    """A party that an amendment puts on a list. `list` is a code of the party lists; `footnote` a number or None."""

    names: tuple[str, ...]
    list: str
    country: str = ""
    footnote: int | None = None
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the law from a day on: an overlay, overlays that it lifts, members of groups, listings."""

    key: str
    title: Wording
    says: Wording
    source: str
    start: dt.date
    stop: dt.date | None
    overlay: Overlay | None
    lifts: tuple[str, ...]
    groups: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    listings: tuple[Listing, ...]
    digest: str

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms whose rules it changes."""
        return tuple({**self.overlay.replaces, **self.overlay.adds}) if self.overlay else ()


def read_amendment(name: str, text: str, law: Law) -> Amendment:
    """The amendment of a text, checked against a law. `name` stands in messages.

    Raises LimitExceeded for an overlong text, and LawFaults with every fault: unknown keys, terms, overlays, groups and
    codes, conditions that cannot be read or mix units, numbers that do not stand where they should, rings.
    """
    if len(text) > MAX_AMENDMENT:
        raise LimitExceeded(f"{name}: {len(text)} characters; at most {MAX_AMENDMENT} are read")
    document = read_document(name, text)
    if document.faults:
        raise LawFaults(document.faults)
    reader = _Reader(document, law)
    found = reader.amendment(hashlib.sha256(text.encode()).hexdigest())
    if document.faults or found is None:
        raise LawFaults(document.faults)
    if faults := check_law(amended(law, [found])):
        raise LawFaults(faults)
    return found


def amended(law: Law, amendments: Sequence[Amendment]) -> Law:
    """The law as the amendments would make it, in their order; what they change lies over every layer."""
    overlays, groups = list(law.overlays), dict(law.groups)
    for each in amendments:
        overlays = [_lifted(overlay, each) for overlay in overlays]
        overlays += [each.overlay] if each.overlay else []
        groups |= {key: _regrouped(groups[key], each, change) for key, change in each.groups.items()}
    digest = hashlib.sha256("\0".join([law.digest, *(each.digest for each in amendments)]).encode()).hexdigest()
    return replace(law, overlays=tuple(overlays), groups=groups, digest=digest)


def _lifted(overlay: Overlay, by: Amendment) -> Overlay:
    ended = overlay.stop is not None and overlay.stop <= by.start
    if overlay.key not in by.lifts or ended:
        return overlay
    return replace(overlay, stop=max(by.start, overlay.start))


def _regrouped(group: Group, by: Amendment, change: tuple[frozenset[str], frozenset[str]]) -> Group:
    """The group with members added and removed from the amendment's day on, in later versions of its own too."""
    added, removed = change
    earlier = [each for each in group.versions if each.start < by.start]
    later = [each for each in group.versions if each.start >= by.start]
    held = earlier[-1] if earlier else GroupVersion(by.start, Source((), "low", None))
    first = [] if later and later[0].start == by.start else [replace(held, start=by.start)]
    changed = [replace(each, members=(each.members | added) - removed) for each in (*first, *later)]
    return replace(group, versions=(*earlier, *changed))


@dataclass(slots=True)
class _Reader:
    document: Document
    law: Law
    provisions: ProvisionReader = field(init=False)

    def __post_init__(self) -> None:
        vocabulary = self.law.vocabulary
        self.provisions = ProvisionReader(
            vocabulary, lambda text, subject, place, kind: parse_expression(text, vocabulary, subject, place, kind)
        )

    def amendment(self, digest: str) -> Amendment | None:
        document = self.document
        data = document.mapping((), document.data, _KEYS, ("amendment", "title", "from"))
        start, stop = document.date(("from",), data.get("from")), document.date(("to",), data.get("to"))
        if start is None:
            return None
        if stop is not None and stop <= start:
            document.fault(("to",), f"ends {stop}, before it starts", "to: is the first day it no longer holds")
        if stop is not None and any(data.get(key) for key in _FOR_GOOD):
            document.fault(("to",), f"to: goes with none of {', '.join(_FOR_GOOD)}", "write them as another amendment")
        if not any(data.get(key) for key in _CHANGES):
            document.fault((), "changes nothing", f"say one of {', '.join(_CHANGES)}")
        key, title = document.text(("amendment",), data.get("amendment")), wording(data.get("title"))
        source = Source((), "low", None, wording(data.get("says")))
        replaced = self.replaced(data, start, source)
        added = {term: self.of(version, source, key) for term, version in self.changed("adds", data, start).items()}
        replaced = {term: self.of(version, source, key) for term, version in replaced.items()}
        overlay = None
        if replaced or added:
            name = document.name.removesuffix(".yaml")
            overlay = Overlay(name, key, _LAYER, title, source, start, stop, replaced, added)
        return Amendment(
            key, title, source.says, document.text((), data.get("source")), start, stop, overlay, self.lifts(data),
            self.groups(data), self.listings(data), digest,
        )  # fmt: skip

    @staticmethod
    def of(version: Version, source: Source, key: str) -> Version:
        return replace(version, source=source, citation=version.citation or key)

    def changed(self, key: str, data: Mapping[str, Any], start: dt.date) -> dict[str, Version]:
        held = self.document.entries((key,), data.get(key))
        return self.provisions.changes(self.document, key, held, start)

    def replaced(self, data: Mapping[str, Any], start: dt.date, source: Source) -> dict[str, Version]:
        """The new versions of terms, by whichever key brings them; two keys for one term are a fault."""
        found: dict[str, Version] = {}
        for key, held in (
            ("replaces", self.changed("replaces", data, start)),
            ("repeals", dict(self.repealed(data, start, source))),
            ("numbers", dict(self.renumbered(data, start))),
            ("takes", dict(self.taken(data, start))),
        ):
            for term, version in held.items():
                if term in found:
                    self.document.fault((key,), f"'{term}' is changed twice", "keep one of the two")
                found[term] = version
        return found

    def provision(self, path: _Path, term: str) -> Provision | None:
        found = self.law.provisions.get(term)
        if found is None:
            self.document.fault(path, f"'{term:.60}' is decided by no provision", nearest(term, self.law.provisions))
        return found

    def repealed(self, data: Mapping[str, Any], start: dt.date, source: Source) -> Iterator[tuple[str, Version]]:
        for index, term in enumerate(self.document.items(("repeals",), data.get("repeals"))):
            found = self.provision(("repeals", index), str(term))
            if found is not None and found.type != BOOLEAN:
                what = f"'{term}' is {found.type}: only truths can be repealed"
                self.document.fault(("repeals", index), what, "use replaces:")
            elif found is not None:
                rule = Rule(self.provisions.constant(False, BOOLEAN))
                yield found.term, Version(start, None, "superseded", source, rule, found.citation)

    def renumbered(self, data: Mapping[str, Any], start: dt.date) -> Iterator[tuple[str, Version]]:
        for term, numbers in self.document.entries(("numbers",), data.get("numbers")).items():
            path = ("numbers", term)
            found = self.provision(path, str(term))
            version = in_force(found, start) if found else None
            if found is not None and version is None:
                self.document.fault(path, f"'{term}' is not in force on {start}", "choose another day in from:")
            if found is not None and version is not None:
                yield found.term, self.revised(path, found, version, numbers)

    def revised(self, path: _Path, provision: Provision, version: Version, numbers: Any) -> Version:
        new, faults = revised(version, numbers, lambda expression, text: self.parsed(path, provision, expression, text))
        for what, remedy in faults:
            self.document.fault(path, what, remedy)
        return new

    def parsed(self, path: _Path, provision: Provision, expression: Expression, text: str) -> Expression:
        kind = BOOLEAN if expression.key.split("|")[1] == str(BOOLEAN) else provision.type
        return self.provisions.expression(self.document, path, text, provision.subject, kind)

    def taken(self, data: Mapping[str, Any], start: dt.date) -> Iterator[tuple[str, Version]]:
        """Provisions as they stood, or will stand, on another day."""
        if data.get("takes") is None:
            return
        entry = self.document.mapping(("takes",), data["takes"], ("as_of", "provisions"), ("as_of", "provisions"))
        day = self.document.date(("takes", "as_of"), entry.get("as_of"))
        for index, pattern in enumerate(self.document.items(("takes", "provisions"), entry.get("provisions"))):
            path = ("takes", "provisions", index)
            fitting = [each for each in self.law.provisions.values() if fnmatchcase(each.name, str(pattern))]
            if not fitting:
                self.document.fault(path, f"'{pattern!s:.60}' fits no provision", "a path under law/, * for any part")
            for each in fitting:
                if day is None:
                    break
                yield each.term, replace(as_of(each, day), start=start, stop=None)

    def lifts(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        known = [overlay.key for overlay in self.law.overlays]
        found = [str(each) for each in self.document.items(("lifts",), data.get("lifts"))]
        for index, key in enumerate(found):
            if key not in known:
                self.document.fault(("lifts", index), f"'{key:.60}' is no overlay", nearest(key, known))
        return tuple(found)

    def groups(self, data: Mapping[str, Any]) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        found = {}
        for key, entry in self.document.entries(("groups",), data.get("groups")).items():
            path = ("groups", key)
            group = self.law.groups.get(key)
            change = self.document.mapping(path, entry, ("add", "remove"))
            if group is None:
                self.document.fault(path, f"'{key:.60}' is no group", nearest(str(key), self.law.groups))
            elif group.value is not None:
                self.document.fault(path, f"'{key}' follows other groups", "change those that it is made of")
            else:
                found[key] = (self.codes(path, "add", change, group), self.codes(path, "remove", change, group))
        return found

    def codes(self, path: _Path, key: str, change: Mapping[str, Any], group: Group) -> frozenset[str]:
        known = self.law.vocabulary.domains[group.domain].codes
        found = [str(each) for each in self.document.items((*path, key), change.get(key))]
        for code in found:
            if code not in known:
                self.document.fault((*path, key), f"'{code:.60}' is no code of {group.domain}", nearest(code, known))
        return frozenset(found)

    def listings(self, data: Mapping[str, Any]) -> tuple[Listing, ...]:
        found = []
        for index, entry in enumerate(self.document.items(("listings",), data.get("listings"))):
            path = ("listings", index)
            row = self.document.mapping(path, entry, _LISTING, ("name", "list"))
            footnote = row.get("footnote")
            if footnote is not None and (not isinstance(footnote, int) or isinstance(footnote, bool)):
                self.document.fault((*path, "footnote"), f"{footnote!r:.40} is no number of a footnote")
                footnote = None
            names = [row.get("name"), *self.document.items((*path, "names"), row.get("names"))]
            texts = [self.document.text(path, row.get(key)) for key in ("list", "country", "policy")]
            found.append(Listing(tuple(str(each) for each in names if each), texts[0], texts[1], footnote, texts[2]))
        return tuple(found)
