"""The threshold map of a question: its sides, the hypothetical item in each point of the plane, and the real items."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tidewaiter.analysis.figures.framing import Caption
from tidewaiter.analysis.figures.regions import Judge, Partition, Plane, partition
from tidewaiter.analysis.figures.thresholds import Axis, Dot, Map, MapPanel, map_svg
from tidewaiter.analysis.sides import Side
from tidewaiter.base.errors import Fault, InputFaults, QuestionFaults
from tidewaiter.determine.intake import build_case
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.facts import Instance, reachable
from tidewaiter.engine.prove import Run
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.values import Interval
from tidewaiter.evidence import catalog
from tidewaiter.faces.asking import Asked, face_data, stated
from tidewaiter.faces.composition import decider
from tidewaiter.faces.drawing.captions import assumed, closing, said, short, told
from tidewaiter.faces.drawing.palette import swatches
from tidewaiter.faces.pages.words import Words

__all__ = ["MapRequest", "draw_map", "plane_faults", "plane_of", "regions_of"]


@dataclass(frozen=True, slots=True)
class MapRequest:
    """What map is asked for: the question, its sides (one or two), the plane by name, the chips (empty: the usual)."""

    asked: Asked
    sides: tuple[Side, ...]
    plane: str
    chips: tuple[str, ...] = ()


def plane_of(asked: Asked, name: str) -> Plane:
    """A plane of the data file, with everything else that the question states. Raises QuestionFaults."""
    settings = face_data("figures")
    row = settings["maps"][name]
    axes = [settings["axes"][row[axis]] for axis in ("across", "up")]
    relation, vocabulary = settings["relation"], decider().law.vocabulary
    facts = {**settings["form"], relation: [dict(settings["item"])]}
    held = stated(replace(asked, item=None, options={**settings["options"], **asked.options}, facts=facts))[0]

    def case_at(x: float, y: float) -> Instance:
        moved = {fact: x ** powers[0] * y ** powers[1] for fact, powers in row["facts"].items()}
        made = copy.copy(held)
        rows = held[relation]["rows"] if isinstance(held[relation], Mapping) else held[relation]
        made[relation] = [{**each, **moved} for each in rows]
        return build_case(made, vocabulary)

    return Plane((axes[0]["low"], axes[1]["low"]), (axes[0]["high"], axes[1]["high"]), case_at)


def regions_of(request: MapRequest, side: Side) -> Partition:
    """The regions of one side of the map."""
    spec = decider().specification(request.asked.question)
    return partition(Judge(side, spec, request.asked.profile), plane_of(request.asked, request.plane))


def draw_map(request: MapRequest, words: Words) -> str:
    """The map as SVG. Raises QuestionFaults with every fault of options and chips."""
    spec = decider().specification(request.asked.question)
    chips = _chips(request)
    partitions = [regions_of(request, side) for side in request.sides]
    panels = tuple(
        MapPanel(_side_title(side, spec, words), found, tuple(_dots(request, side, spec, chips)))
        for side, found in zip(request.sides, partitions, strict=True)
    )
    settings = face_data("figures")
    row = settings["maps"][request.plane]
    across, up = (_axis(settings["axes"][row[axis]], words) for axis in ("across", "up"))
    figure = Map(
        _caption(request, partitions, words),
        across,
        up,
        panels,
        swatches(spec, words),
        said("item", words),
        {border.term: _unit(border.term, words) for each in partitions for border in each.borders if border.term},
    )
    return map_svg(figure)


def _axis(row: Mapping[str, Any], words: Words) -> Axis:
    term = row["term"]
    unit, title = _unit(term, words), words.title(term)
    return Axis(title if unit in title else f"{title}{words.brackets(unit)}", row["low"], row["high"])


def _unit(term: str, words: Words) -> str:
    return words.value(term, 1.0).partition(" ")[2]


def _side_title(side: Side, spec: Specification, words: Words) -> str:
    layer = next((words.of(title) for key, title in spec.layers if key == side.layer), side.layer)
    on = said("layer", words, title=layer, day=side.day.isoformat())
    return f"{words.of(side.title)} · {on}" if side.amendments else on


def _caption(request: MapRequest, partitions: Sequence[Partition], words: Words) -> Caption:
    settings = face_data("figures")
    asked = request.asked
    options = {**settings["options"], **asked.options}
    spec = decider().specification(asked.question)
    shown = " · ".join(told(spec, options, words))
    case = partitions[0].plane.case_at(*partitions[0].plane.low)
    item = next(each for each in reachable(case) if each.subject == settings["subject"])
    given = [f"{settings['subject']}.{name}" for name in settings["told"]]
    facts = words.semicolon.join(
        f"{words.title(term)}{words.colon}{words.value(term, item.facts[term])}" for term in given if term in item.facts
    )
    notes = [
        f"{said('hypothetical', words)}{words.colon}{facts}",
        said("checked", words, count=sum(each.checked for each in partitions)),
        f"{assumed(asked, words)} · {closing(words, request.sides[0].decider.law.digest)}",
    ]
    if not all(each.exact for each in partitions):
        notes.insert(2, said("inexact", words))
    return Caption(said("map", words), f"{short(asked.question, words)} · {shown}", tuple(notes), words.language)


# real items ---------------------------------------------------------------------------------------


def _chips(request: MapRequest) -> list[tuple[str, str]]:
    """Key and name of the chips to show. Raises QuestionFaults for names that are not known."""
    if not request.chips:
        return [(row["item"], row["as"]) for row in face_data("figures")["chips"]]
    faults: list[Fault] = []
    found = []
    for name in request.chips:
        try:
            chip = catalog.look_up(name, "--chip").chip
            found.append((chip.key, chip.name))
        except InputFaults as error:
            faults += error.faults
    if faults:
        raise QuestionFaults(faults)
    return found


def _dots(request: MapRequest, side: Side, spec: Specification, chips: Sequence[tuple[str, str]]) -> list[Dot]:
    """The chips released by the side's day; their place is reckoned by the latest law, their outcome by the side's."""
    settings = face_data("figures")
    row = settings["maps"][request.plane]
    terms = [settings["axes"][row[axis]]["term"] for axis in ("across", "up")]
    judge = Judge(side, spec, request.asked.profile)
    latest = Judge(Side(decider(), spec.checked_through, side.layer), spec, request.asked.profile)
    found = []
    for key, name in chips:
        if catalog.find(key).released.latest > side.day:
            continue
        options = {**settings["options"], **request.asked.options}
        options = {each: value for each, value in options.items() if not _is_of_item(each, spec)}
        case = build_case(stated(replace(request.asked, item=key, options=options))[0], decider().law.vocabulary)
        run = latest.run(case)
        item = next(each for each in reachable(case) if each.subject == settings["subject"])
        spans = [_span(run, term, item) for term in terms]
        if spans[0] and spans[1]:
            found.append(Dot(name, spans[0], spans[1], judge.outcome(case)))
    return found


def _is_of_item(option: str, spec: Specification) -> bool:
    """Whether an option states a figure of the item itself: those of a real one stand in the catalog."""
    path = spec.options.get(option.replace("_", "-"), option)
    return path.startswith(f"{face_data('figures')['relation']}[")


def _span(run: Run, term: str, item: Instance) -> tuple[float, float] | None:
    value = run.value(term, item)
    if isinstance(value, Interval):
        return (value.low, value.high) if value.low > 0 and math.isfinite(value.high) else None
    return (value, value) if isinstance(value, float) and value > 0 else None


def plane_faults(asked: Asked, name: str) -> list[Fault]:
    """Faults where a plane's name is not known, or where an option states a figure that the plane moves."""
    known = face_data("figures")["maps"]
    if name not in known:
        return [Fault("--plane", f"'{name:.40}' is no plane", nearest(name, known) or f"one of {', '.join(known)}")]
    spec = decider().specification(asked.question)
    paths = {option: spec.options.get(option.replace("_", "-"), option) for option in asked.options}
    moved = [option for option, path in paths.items() if path.rpartition(".")[2] in known[name]["facts"]]
    return [Fault(f"--{option}", "is a figure that the map moves", "leave it out") for option in moved]
