"""The timeline of a question, and how the best free chips moved, as figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from tidewaiter.analysis.figures.bars import Bar, Bars, Span, Turning, bars_svg
from tidewaiter.analysis.figures.framing import Caption
from tidewaiter.analysis.figures.steps import Step, Steps, StepsPanel, steps_svg
from tidewaiter.faces.asking import Asked
from tidewaiter.faces.composition import decider
from tidewaiter.faces.drawing.captions import assumed, closing, said, short, told
from tidewaiter.faces.drawing.palette import swatches
from tidewaiter.faces.history import Stretch
from tidewaiter.faces.pages.words import Words

__all__ = ["ceiling_figure", "timeline_figure"]

_DECIDING, _INSTRUMENTS = 2, 3


def timeline_figure(asked: Asked, found: Sequence[Stretch], words: Words) -> str:
    """A bar for each layer of law, and the days on which the answer turned, as SVG."""
    spec = decider().specification(asked.question)
    first = found[0].answer
    layers = [each.title for each in first.layers]
    bars = tuple(Bar(words.of(title), _spans(found, index)) for index, title in enumerate(layers))
    name = str(first.item.get("name") or "")
    shown = [short(asked.question, words), *told(spec, asked.options, words)]
    notes = f"{assumed(asked, words)} · {closing(words, first.law_digest)}"
    caption = Caption(_headed("timeline", name, words), " · ".join(shown), (notes,), words.language)
    turnings = tuple(_turning(after, words) for after in found[1:])
    return bars_svg(Bars(caption, found[0].first, found[-1].last, bars, swatches(spec, words), turnings))


def _headed(key: str, name: str, words: Words) -> str:
    return f"{name}{words.colon}{said(key, words)}" if name else said(key, words)


def _spans(found: Sequence[Stretch], layer: int) -> tuple[Span, ...]:
    held = []
    for outcome, group in groupby(found, key=lambda each: each.answer.layers[layer].outcome):
        days = list(group)
        held.append(Span(days[0].first, days[-1].last, outcome))
    return tuple(held)


def _turning(after: Stretch, words: Words) -> Turning:
    """What an answer became: the outcome that counts, what decides it, and what changed it."""
    deciding = [words.of(each.title) for each in after.deciding[:_DECIDING]]
    through = words.comma.join(after.changed_by[:_INSTRUMENTS])
    text = words.semicolon.join(dict.fromkeys(deciding))
    return Turning(after.first, after.answer.outcome, f"{text}{words.brackets(through)}" if through else text)


def ceiling_figure(asked: Asked, found: Mapping[str, Any], words: Words) -> str:
    """The best free chip by each merit through the years, as SVG; `found` as `ceilings_json` gives it."""
    spec = decider().specification(asked.question)
    panels = []
    for merit, held in found["merits"].items():
        steps = tuple(
            Step(dt.date.fromisoformat(row["since"]), float(row["value"]), str(row["name"] or said("none", words)))
            for row in found["ceilings"]
            if row["merit"] == merit
        )
        panels.append(StepsPanel(_capital(f"{words.written(held['title'])}{words.pause}{held['unit']}"), steps))
    last = dt.date.fromisoformat(found["on"])
    layer = next((words.of(title) for key, title in spec.layers if key == found["layer"]), str(found["layer"]))
    shown = [short(asked.question, words), *told(spec, found["options"], words), layer]
    notes = (said("upper", words), f"{assumed(asked, words)} · {closing(words, decider().law.digest)}")
    caption = Caption(said("ceiling", words), " · ".join(shown), notes, words.language)
    return steps_svg(Steps(caption, spec.begins, last, tuple(panels)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
