"""The law on a date and layer, as a program for the engine. Between two dates of change nothing is built twice."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterator, Mapping

from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.library.addressees import addressee_of
from tidewaiter.library.groups import group_members, table_map
from tidewaiter.library.lowering import bound, lower_rule, with_addition
from tidewaiter.library.model import Law, Origin, Overlay, Provision, Rule, Version

__all__ = ["TEXT_LAYER", "Readings", "Snapshots"]

TEXT_LAYER = "text"
"""The codified text, without overlays."""

_LAYERS = (TEXT_LAYER, "enforced", "addressee")
_NEVER: tuple[dt.date, Definition | None] = (dt.date.max, None)
Readings = Mapping[str, str]
"""Readings chosen instead of the default ones: term → name of the reading."""


class Snapshots:
    """Programs of one law. Overlays of the layer `amendment` apply on every layer, after all others.

    What two laws have in common is built once, when the snapshots of one are made from those of the other (`sharing`).
    """

    def __init__(self, law: Law, sharing: Snapshots | None = None) -> None:
        self.law = law
        self.amendments = tuple(each for each in law.overlays if each.layer not in _LAYERS)
        self._programs: dict[tuple[int, str, tuple[tuple[str, str], ...]], Program] = {}
        self._order: tuple[str, ...] = ()
        self._lasting: dict[str, tuple[dt.date, Definition]] = {}
        self._definitions: dict[tuple[object, ...], Definition] = sharing._definitions if sharing else {}
        self.dates = tuple(sorted(set(self._change_dates())))

    def _change_dates(self) -> Iterator[dt.date]:
        versions = [version for provision in self.law.provisions.values() for version in provision.versions]
        dated: list[Version | Overlay] = [*versions, *self.law.overlays]
        yield from (each.start for each in dated)
        yield from (each.stop for each in dated if each.stop is not None)
        for group in (*self.law.groups.values(), *self.law.tables.values()):
            yield from (version.start for version in group.versions)

    def interval(self, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
        """The first day of the present state of the law, and the first day of the next one."""
        index = bisect.bisect_right(self.dates, day)
        return (
            self.dates[index - 1] if index else None,
            self.dates[index] if index < len(self.dates) else None,
        )

    def at(self, day: dt.date, layer: str = TEXT_LAYER, readings: Readings | None = None) -> Program:
        """The program of a day and layer; `readings` replaces default readings of unsettled terms."""
        chosen = tuple(sorted((readings or {}).items()))
        key = (bisect.bisect_right(self.dates, day), layer, chosen)
        if key not in self._programs:
            self._programs[key] = self._build(day, layer, dict(chosen))
        program = self._programs[key]
        return program if program.as_of == day else program.on(day)

    def define(self, provision: Provision, day: dt.date, layer: str, overlays: tuple[Overlay, ...]) -> Definition:
        """What a provision, perhaps a changed one, would mean on a day and layer under these overlays of the law."""
        held = _active(overlays, day, layer)
        touching = tuple(o for o in held if provision.term in o.replaces or provision.term in o.adds)
        return self._defined(provision, _version_on(provision, day), day, layer, touching, "")

    def _build(self, day: dt.date, layer: str, readings: Readings) -> Program:
        law = self.law
        touching: dict[str, tuple[Overlay, ...]] = {}
        for overlay in [*_active(law.overlays, day, layer), *(a for a in self.amendments if _covers(a, day))]:
            for term in {**overlay.replaces, **overlay.adds}:
                touching[term] = (*touching.get(term, ()), overlay)
        definitions = {}
        for term in self._order or law.provisions:
            start, held = self._lasting.get(term, _NEVER)
            if held is None or start > day or term in touching or term in readings:
                provision = law.provisions[term]
                held = self._definition(provision, day, layer, touching.get(term, ()), readings.get(term, ""))
                if _lasts(provision, day) and term not in touching and term not in readings:
                    self._lasting[term] = provision.versions[0].start, held
            definitions[term] = held
        groups = {key: group_members(law.groups, key, day) for key in law.groups}
        tables = {key: table_map(table, day) for key, table in law.tables.items()}
        program = Program(law.vocabulary, definitions, groups, tables, day)
        if not self._order and self._programs:  # the second program of several: from now on in an order that saves time
            self._order = program.order
        return program

    def _definition(
        self, provision: Provision, day: dt.date, layer: str, touching: tuple[Overlay, ...], reading: str
    ) -> Definition:
        version = _version_on(provision, day)
        key = (provision.term, id(version), _ended(version, day), *map(id, touching), reading)
        found = self._definitions.get(key)
        if found is None:
            found = self._definitions[key] = self._defined(provision, version, day, layer, touching, reading)
        return found

    def _defined(
        self,
        provision: Provision,
        version: Version | None,
        day: dt.date,
        layer: str,
        touching: tuple[Overlay, ...],
        reading: str,
    ) -> Definition:
        node, rule = _text_node(provision, version, day, reading)
        for overlay in touching:
            term, kind = provision.term, provision.type
            if term in overlay.replaces:
                version = overlay.replaces[term]
                rule = _chosen(version, reading)
                new = lower_rule(rule, kind)
                held = bound(n.Const(True, BOOLEAN), overlay, addressee_of(self.law, overlay), provision.subject)
                node = n.Ite(held, new, node, kind) if overlay.binds else new
            if term in overlay.adds:
                added = lower_rule(_chosen(overlay.adds[term], reading), kind)
                whom = addressee_of(self.law, overlay)
                node = with_addition(node, bound(added, overlay, whom, provision.subject), kind)
        return Definition(
            provision.term,
            provision.subject,
            provision.type,
            node,
            provision.recursive,
            rule.presumption if rule else False,
            version is not None and bool(version.readings),
            Origin(
                provision,
                version,
                touching[-1].layer if touching else TEXT_LAYER,
                touching,
                _reading_name(version, reading),
            ),
        )


def _lasts(provision: Provision, day: dt.date) -> bool:
    """Whether a provision has one version, in force on a day and for good."""
    return len(provision.versions) == 1 and provision.versions[0].start <= day and provision.versions[0].stop is None


def _active(overlays: tuple[Overlay, ...], day: dt.date, layer: str) -> list[Overlay]:
    """The overlays that hold on a day up to a layer, lower layers first."""
    layers = _LAYERS[1 : _LAYERS.index(layer) + 1]
    return [each for own in layers for each in overlays if each.layer == own and _covers(each, day)]


def _covers(overlay: Overlay, day: dt.date) -> bool:
    return overlay.start <= day and (overlay.stop is None or day < overlay.stop)


def _version_on(provision: Provision, day: dt.date) -> Version | None:
    return next((version for version in reversed(provision.versions) if version.start <= day), None)


def _ended(version: Version | None, day: dt.date) -> bool:
    return version is not None and version.stop is not None and day >= version.stop


def _chosen(version: Version, reading: str) -> Rule:
    return next((each.rule for each in version.readings if each.name == reading), version.rule)


def _reading_name(version: Version | None, reading: str) -> str:
    if version is None or not version.readings:
        return ""
    return reading if any(each.name == reading for each in version.readings) else version.default_reading


def _text_node(provision: Provision, version: Version | None, day: dt.date, reading: str) -> tuple[n.Node, Rule | None]:
    """The provision's own rule on a day: nothing yet, in force, or ended."""
    kind = provision.type
    if version is None:
        return (provision.before.node if provision.before else n.Const(None, kind)), None
    if _ended(version, day):
        repealed = version.end == "repealed" and kind.kind == "boolean"
        return n.Const(False if repealed else None, kind), None
    rule = _chosen(version, reading)
    return lower_rule(rule, kind), rule
