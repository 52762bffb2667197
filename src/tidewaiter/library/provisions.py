"""Provisions and overlays from their files: versions, cases, readings, presumptions, each expression typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tidewaiter.base.errors import LawFaults
from tidewaiter.base.wording import Wording, wording
from tidewaiter.engine.nodes import Const, Node
from tidewaiter.engine.syntax import Place, nearest
from tidewaiter.engine.types import BOOLEAN, Type
from tidewaiter.engine.vocabulary import Vocabulary, subject_of
from tidewaiter.library.documents import Document
from tidewaiter.library.expressions import Expression, expression_key
from tidewaiter.library.model import CONFIDENCES, Branch, Overlay, Provision, Reading, Rule, Source, Version

__all__ = ["LAYERS", "Parse", "ProvisionReader"]

_Path = tuple[str | int, ...]
Parse = Callable[[object, str, Place, Type], Node]
"""Text, subject, place, expected type → node. Raises LawFaults."""

LAYERS = ("enforced", "addressee", "amendment")
"""Layers that overlays may lie on, above the text."""

_PROVISION = (
    *("decides", "type", "unit", "values", "title", "citation", "before", "versions", "recursive", "note"),
    *("reason", "see"),
)
_LISTS = ("rebutted_by", "unless", "requires", "notwithstanding")
_BODY = ("when", "value", "cases", "ordered", "readings", "presumed", *_LISTS)
_SOURCE = ("source", "confidence", "checked", "says")
_VERSION = ("from", "to", "end", "citation", "why", "note", *_SOURCE, *_BODY)
_OVERLAY = ("overlay", "layer", "title", "from", "to", "replaces", "adds", "binds", "note", "citation", *_SOURCE)
_KINDS = ("when", "value", "cases", "readings", "presumed")


@dataclass(frozen=True, slots=True)
class ProvisionReader:
    """Reads documents against a vocabulary. `eager` parses every expression at once, so that all faults are found."""

    vocabulary: Vocabulary
    parse: Parse
    eager: bool = True

    def provision(self, document: Document) -> Provision | None:
        """The provision of a document; None, with faults noted, when it cannot be read."""
        data = document.mapping((), document.data, _PROVISION, ("decides", "title", "citation", "versions"))
        term = str(data.get("decides"))
        kind = self.vocabulary.decided.get(term)
        if kind is None:
            return None
        versions = self.versions(document, term, kind, document.text((), data.get("citation")))
        return Provision(
            document.name.removesuffix(".yaml"),
            term,
            subject_of(term),
            kind,
            wording(data.get("title")),
            document.text((), data.get("citation")),
            versions,
            self.before(document, data, term, kind),
            bool(data.get("recursive")),
        )

    def before(self, document: Document, data: Mapping[str, Any], term: str, kind: Type) -> Expression | None:
        if data.get("before") is None and kind.kind == "boolean":
            return self.constant(False, BOOLEAN)
        if data.get("before") in (None, "unknown"):
            return None
        return self.expression(document, ("before",), data["before"], subject_of(term), kind)

    def versions(self, document: Document, term: str, kind: Type, citation: str) -> tuple[Version, ...]:
        found = []
        for index, value in enumerate(document.items(("versions",), document.data.get("versions"))):
            version = self.version(document, ("versions", index), value, term, kind, citation)
            if version is not None:
                found.append(version)
        self.ordered(document, found)
        if found and found[-1].stop is not None and found[-1].end == "superseded":
            document.fault(("versions",), "the last version ends and nothing follows", "say end: repealed | unchecked")
        return tuple(found)

    @staticmethod
    def ordered(document: Document, versions: list[Version]) -> None:
        for index, (one, other) in enumerate(pairwise(versions), 1):
            if other.start <= one.start:
                document.fault(("versions", index), f"starts {other.start}, not after the one before", "sort by from:")
            elif one.stop is not None and one.stop > other.start:
                document.fault(("versions", index), f"overlaps the version before, which lasts to {one.stop}")

    def version(
        self, document: Document, path: _Path, value: Any, term: str, kind: Type, citation: str
    ) -> Version | None:
        data = document.mapping(path, value, _VERSION, ("from", *_SOURCE[:3]))
        start, stop = document.date((*path, "from"), data.get("from")), document.date((*path, "to"), data.get("to"))
        if start is None:
            return None
        if stop is not None and stop <= start:
            document.fault((*path, "to"), f"ends {stop}, before it starts", "to: is the first day it no longer holds")
        end = document.choice((*path, "end"), data.get("end"), ("repealed", "superseded", "unchecked"), "superseded")
        if not any(key in data for key in _KINDS):
            return self.ending(document, path, data, start, end, kind, citation)
        rule, readings, default = self.body(document, path, data, term, kind)
        return Version(
            start,
            stop,
            end,
            self.source(document, path, data),
            rule,
            document.text(path, data.get("citation")) or citation,
            readings,
            default,
            _why(data),
        )

    def ending(
        self, document: Document, path: _Path, data: dict[str, Any], start: dt.date, end: str, kind: Type, citation: str
    ) -> Version:
        """A version without a rule marks an end: what was repealed is false, what is unchecked is unknown."""
        if end == "superseded":
            document.fault(path, f"has none of {', '.join(_KINDS)}", "or end: repealed | unchecked")
        held = False if end == "repealed" and kind == BOOLEAN else None
        rule = Rule(self.constant(held, kind))
        return Version(start, None, end, self.source(document, path, data), rule, citation)

    def source(self, document: Document, path: _Path, data: Mapping[str, Any]) -> Source:
        ids = document.text((*path, "source"), data.get("source"))
        return Source(
            tuple(part.strip() for part in ids.split(";") if part.strip()),
            document.choice((*path, "confidence"), data.get("confidence"), CONFIDENCES, "low"),
            document.date((*path, "checked"), data.get("checked")),
            wording(data.get("says")),
        )

    # rules ----------------------------------------------------------------------------------------

    def body(
        self, document: Document, path: _Path, data: Mapping[str, Any], term: str, kind: Type
    ) -> tuple[Rule, tuple[Reading, ...], str]:
        """The rule in force by default, all readings of it, and the name of the default one."""
        if "readings" not in data:
            return self.rule(document, path, data, term, kind), (), ""
        for name in (name for name in (*_KINDS, *_LISTS) if name in data and name != "readings"):
            document.fault((*path, name), f"'{name}' stands beside readings", "write it into each reading")
        readings, default = self.readings(document, (*path, "readings"), data["readings"], term, kind)
        chosen = next((reading.rule for reading in readings if reading.name == default), Rule())
        return chosen, readings, default

    def readings(
        self, document: Document, path: _Path, value: Any, term: str, kind: Type
    ) -> tuple[tuple[Reading, ...], str]:
        entries = dict(value) if isinstance(value, Mapping) else {}
        default, _ = str(entries.pop("default", "")), entries.pop("why", None)
        found = []
        for name, entry in entries.items():
            data = document.mapping((*path, name), entry, (*_BODY, "says", "source", "confidence", "citation"))
            found.append(Reading(name, self.rule(document, (*path, name), data, term, kind), wording(data.get("says"))))
        if len(found) < 2:
            document.fault(path, "needs at least two readings", "settled law is a plain when:")
        if default not in entries:
            document.fault(path, f"default: '{default}' is none of the readings", nearest(default, entries))
        return tuple(found), default

    def rule(self, document: Document, path: _Path, data: Mapping[str, Any], term: str, kind: Type) -> Rule:
        present = [key for key in _KINDS if key in data]
        if len(present) != 1:
            document.fault(path, f"has {' and '.join(present) or 'no rule'}", f"exactly one of {', '.join(_KINDS)}")
            return Rule(self.constant(None, kind))
        subject, key = subject_of(term), present[0]
        lists = [self.conditions(document, (*path, name), data.get(name), subject) for name in _LISTS]
        if any(lists) and kind != BOOLEAN:
            document.fault(path, "unless, requires and notwithstanding belong to truths", "use cases:")
        if key == "cases":
            branches = self.branches(document, (*path, "cases"), data["cases"], subject, kind)
            return Rule(None, branches, data.get("ordered", True) is not False, False, *lists)
        value = self.expression(document, (*path, key), data[key], subject, kind)
        return Rule(value, (), True, key == "presumed", *lists)

    def conditions(self, document: Document, path: _Path, value: Any, subject: str) -> tuple[Expression, ...]:
        values = [value] if isinstance(value, str) else document.items(path, value)
        return tuple(
            self.expression(document, (*path, index), text, subject, BOOLEAN) for index, text in enumerate(values)
        )

    def branches(self, document: Document, path: _Path, value: Any, subject: str, kind: Type) -> tuple[Branch, ...]:
        found = []
        for index, entry in enumerate(document.items(path, value)):
            place = (*path, index)
            data = document.mapping(place, entry, ("when", "value", "otherwise", "citation", "says", "source", "note"))
            last = "otherwise" in data
            if not last and ("when" not in data or "value" not in data):
                document.fault(place, "a case needs when and value, or otherwise")
                continue
            when = None if last else self.expression(document, (*place, "when"), data["when"], subject, BOOLEAN)
            key = "otherwise" if last else "value"
            result = self.expression(document, (*place, key), data[key], subject, kind)
            found.append(Branch(when, result, document.text(place, data.get("citation")), wording(data.get("says"))))
            if last and index + 1 != len(value):
                document.fault(place, "otherwise: must be the last case")
        if not value:
            document.fault(path, "holds no case", "- {when: …, value: …}, and last {otherwise: …}")
        return tuple(found)

    def expression(self, document: Document, path: _Path, value: Any, subject: str, kind: Type) -> Expression:
        place = document.place(path)
        coded = self.coded(value, kind)
        key = expression_key(coded, subject, kind)
        made = Expression(str(value), lambda: self.parse(coded, subject, place, kind), key)
        if self.eager:
            try:
                _ = made.node
            except LawFaults as error:
                document.faults.extend(error.faults)
        return made

    @staticmethod
    def constant(held: bool | None, kind: Type) -> Expression:
        """A literal that no file spells out."""
        text = "unknown" if held is None else str(held).lower()
        return Expression(text, lambda: Const(held, kind), f"={text}|{kind}")

    def coded(self, value: Any, kind: Type) -> Any:
        """A plain code in YAML (`value: 3A090.a`) is that code; everything else is an expression."""
        codes = self.vocabulary.domains[kind.domain].codes if kind.kind == "code" else ()
        return repr(value) if isinstance(value, str) and value in codes else value

    # overlays -------------------------------------------------------------------------------------

    def overlay(self, document: Document) -> Overlay | None:
        """The overlay of a document; None, with faults noted, when it cannot be read."""
        data = document.mapping((), document.data, _OVERLAY, ("overlay", "layer", "title", "from", *_SOURCE[:3]))
        start = document.date(("from",), data.get("from"))
        if start is None:
            return None
        stop = document.date(("to",), data.get("to"))
        if stop is not None and stop <= start:
            document.fault(("to",), f"ends {stop}, before it starts", "to: is the first day it no longer holds")
        changes = {key: self.changes(document, key, data.get(key), start) for key in ("replaces", "adds")}
        if not changes["replaces"] and not changes["adds"]:
            document.fault((), "changes nothing", "name terms under replaces: or adds:")
        return Overlay(
            document.name.removesuffix(".yaml"),
            str(data.get("overlay")),
            document.choice(("layer",), data.get("layer"), LAYERS, LAYERS[0]),
            wording(data.get("title")),
            self.source(document, (), data),
            start,
            stop,
            changes["replaces"],
            changes["adds"],
            str(data.get("binds") or ""),
        )

    def changes(self, document: Document, key: str, value: Any, start: dt.date) -> dict[str, Version]:
        found = {}
        for term, entry in (value if isinstance(value, Mapping) else {}).items():
            path = (key, term)
            kind = self.vocabulary.decided.get(term)
            if kind is None:
                document.fault(path, f"'{term}' is decided by no provision", nearest(term, self.vocabulary.decided))
                continue
            if key == "adds" and kind != BOOLEAN:
                document.fault(path, f"'{term}' is {kind}: only truths can be added to", "put it under replaces:")
            data = document.mapping(path, entry, (*_BODY, *_SOURCE, "citation", "why", "note"))
            rule, readings, default = self.body(document, path, data, term, kind)
            source = self.source(document, (), document.data)
            citation = document.text(path, data.get("citation")) or document.text((), document.data.get("citation"))
            why = _why(data)
            found[term] = Version(start, None, "superseded", source, rule, citation, readings, default, why)
        return found


def _why(data: Mapping[str, Any]) -> Wording:
    """Why law is unsettled; it may stand beside the readings or among them."""
    readings = data.get("readings")
    inner = readings.get("why") if isinstance(readings, Mapping) else None
    return wording(data.get("why") or inner)
