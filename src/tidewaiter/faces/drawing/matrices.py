"""Countries by date: the answer to a question for every country, those that never differ in one row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tidewaiter.analysis.classes import CodeClasses
from tidewaiter.analysis.figures.bars import Bar, Bars, Span, bars_svg
from tidewaiter.analysis.figures.framing import Caption
from tidewaiter.analysis.figures.lettering import width
from tidewaiter.analysis.figures.regions import Judge
from tidewaiter.analysis.sides import Side
from tidewaiter.base.errors import Fault, QuestionFaults
from tidewaiter.determine.intake import build_case
from tidewaiter.determine.options import option_type
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.facts import reachable
from tidewaiter.faces.asking import Asked, face_data, fact_path, stated
from tidewaiter.faces.composition import decider
from tidewaiter.faces.drawing.captions import assumed, closing, said, short, told
from tidewaiter.faces.drawing.palette import swatches
from tidewaiter.faces.pages.words import Words

__all__ = ["Row", "matrix_figure", "matrix_rows"]

_NAMES, _FEW, _TALL, _LOW = 620.0, 8, 30.0, 11.0

Row = tuple[tuple[str, ...], tuple[Span, ...]]
"""Codes of countries, and their outcomes through the years."""


def matrix_rows(
    asked: Asked,
    first: dt.date,
    last: dt.date,
    each: bool = False,
    progress: Callable[[int, int], None] = lambda done, whole: None,
) -> tuple[Row, ...]:
    """The rows, the most restricted first; with `each`, one for every country. Raises QuestionFaults."""
    spec = decider().specification(asked.question)
    axis = _axis(asked, spec)
    layer = asked.layer or spec.headline
    sides = _sides(first, last, layer, spec)
    classes = CodeClasses(sides, spec, _domain(axis[0], spec)).apart(_held(asked))
    rows: dict[tuple[Span, ...], list[str]] = {}
    for done, codes in enumerate(classes, 1):
        rows.setdefault(_spans(asked, axis, codes[0], sides, last), []).extend(codes)
        progress(done, len(classes))
    split = [(code, spans) for spans, codes in rows.items() for code in codes]
    found = [((code,), spans) for code, spans in split] if each else [(tuple(held), s) for s, held in rows.items()]
    return tuple(sorted(found, key=lambda row: (-_restricted(row[1], spec), len(row[0]), row[0])))


def _axis(asked: Asked, spec: Specification) -> list[str]:
    """The options that take every country in turn: those that the question does not state itself."""
    settings = face_data("compare").get(asked.question) or {}
    axis = [name for name in settings.get("axis") or () if name not in asked.options]
    if not axis:
        known = ", ".join(name for name, row in face_data("compare").items() if row.get("axis"))
        what = "no country is left open"
        raise QuestionFaults([Fault("matrix", what, f"leave the destination out; questions with countries: {known}")])
    return axis


def _domain(option: str, spec: Specification) -> str:
    path = spec.options.get(option) or fact_path(option, spec) or ""
    kind = option_type(path, decider().law.vocabulary)
    return kind.domain if kind else ""


def _held(asked: Asked) -> set[str]:
    """The codes among the facts that the question states: such a code may be compared with another fact."""
    case = build_case(stated(asked)[0], decider().law.vocabulary)
    return {value for each in reachable(case) for value in each.facts.values() if isinstance(value, str)}


def _sides(first: dt.date, last: dt.date, layer: str, spec: Specification) -> tuple[Side, ...]:
    """The law on each day on which anything under the question's outcome changes."""
    own = decider()
    found = [Side(own, first, layer)]
    for day in own.snapshots.dates:
        if first < day <= last and (side := Side(own, day, layer)).changed_terms(found[-1], spec):
            found.append(side)
    return tuple(found)


def _spans(asked: Asked, axis: Sequence[str], code: str, sides: Sequence[Side], last: dt.date) -> tuple[Span, ...]:
    spec = decider().specification(asked.question)
    options = {**asked.options, **dict.fromkeys(axis, code)}
    case = build_case(stated(replace(asked, options=options))[0], decider().law.vocabulary)
    found: list[Span] = []
    for side, end in zip(sides, [*(after.day - dt.timedelta(days=1) for after in sides[1:]), last], strict=True):
        outcome = Judge(side, spec, asked.profile).outcome(case)
        if found and found[-1].outcome == outcome:
            found[-1] = Span(found[-1].first, end, outcome)
        else:
            found.append(Span(side.day, end, outcome))
    return tuple(found)


def _restricted(spans: Sequence[Span], spec: Specification) -> int:
    clear = spec.codes("clear")
    return sum((span.last - span.first).days + 1 for span in spans if span.outcome not in clear)


def matrix_figure(asked: Asked, item: str, rows: Sequence[Row], words: Words) -> str:
    """The rows as SVG."""
    spec = decider().specification(asked.question)
    domain = _domain(_axis(asked, spec)[0], spec)
    largest = max(rows, key=lambda row: len(row[0]))
    bars = tuple(Bar(_named(codes, domain, codes is largest[0], words), spans) for codes, spans in rows)
    layer = next(words.of(title) for key, title in spec.layers if key == (asked.layer or spec.headline))
    shown = [short(asked.question, words), *told(spec, asked.options, words), layer]
    notes = [f"{assumed(asked, words)} · {closing(words, decider().law.digest)}"]
    if any(len(codes) > 1 for codes, _ in rows):
        notes.insert(0, said("grouped", words))
    title = f"{item}{words.colon}{said('matrix', words)}" if item else said("matrix", words)
    caption = Caption(title, " · ".join(shown), tuple(notes), words.language)
    tall = _TALL if len(largest[0]) > 1 else _LOW
    first, last = rows[0][1][0].first, rows[0][1][-1].last
    return bars_svg(Bars(caption, first, last, bars, swatches(spec, words), tall=tall))


def _named(codes: Sequence[str], domain: str, most: bool, words: Words) -> str:
    if most and len(codes) > 1:
        return said("all_others", words, count=len(codes))
    names = list(_names(codes, domain, words))
    shown: list[str] = []
    for name in names:
        if len(names) > _FEW and shown and width(words.comma.join([*shown, name]), 12) > _NAMES:
            break
        shown.append(name)
    more = len(names) - len(shown)
    return words.comma.join(shown) + (f" {words('and {more} more', more=more)}" if more else "")


def _names(codes: Sequence[str], domain: str, words: Words) -> Iterator[str]:
    held = decider().law.vocabulary.domains[domain].codes
    names = {code: words.of(held[code]) or code for code in sorted(codes)}
    yield from sorted(names.values()) if words.language == "en" else names.values()
