"""The lines around an item: the smallest change of a figure that turns the answer, and whether more frees."""

from __future__ import annotations

from typing import Any

from tidewaiter.analysis.sides import Side
from tidewaiter.analysis.sweeps import STEPS_PER_DOUBLING, Sweep, Turn, nearest_turns
from tidewaiter.base.wording import wording
from tidewaiter.determine.intake import build_case
from tidewaiter.faces.asking import Asked, face_data, stated
from tidewaiter.faces.composition import decider
from tidewaiter.faces.sides import begun

__all__ = ["SCHEMA_VERSION", "freedom_json", "lines_json"]

SCHEMA_VERSION = 1
"""Version of the JSON forms of this module."""


def lines_json(asked: Asked) -> dict[str, Any]:
    """The nearest lines around a case, the nearest first. Raises QuestionFaults."""
    own = decider()
    spec = begun(asked, own.specification(asked.question))
    facts, about = stated(asked)
    side = Side(own, asked.on, asked.layer or spec.headline)
    sweep = Sweep(side, spec, build_case(facts, own.law.vocabulary), asked.profile)
    left_out = set(face_data("lines")["leave_out"])
    only = [figure.term for figure in sweep.figures() if figure.term not in left_out]
    seen: dict[tuple[str, float, float], dict[str, Any]] = {}
    for turn in nearest_turns(sweep, only) if only else ():
        seen.setdefault((turn.figure.term, turn.figure.value, turn.line), _turn(turn))
    return {
        "schema_version": SCHEMA_VERSION,
        "question": asked.question,
        "on": asked.on.isoformat(),
        "layer": side.layer,
        "item": about,
        "facts": facts,
        "outcome": sweep.outcome(),
        "lines": list(seen.values()),
        "grid": {"steps_per_doubling": STEPS_PER_DOUBLING},
    }


def _turn(turn: Turn) -> dict[str, Any]:
    up = turn.line > turn.figure.value or (turn.line == turn.figure.value and not turn.at)
    return {
        "term": turn.figure.term,
        "value": turn.figure.value,
        "line": turn.line,
        "line_itself": turn.above if turn.at else turn.below,
        "difference": turn.line - turn.figure.value,
        "share": turn.distance,
        "direction": "more" if up else "less",
        "outcome": turn.above if up else turn.below,
    }


def freedom_json(asked: Asked) -> dict[str, Any]:
    """Whether more of a figure ever frees an item on a day: a proof within bounds, or an example."""
    from tidewaiter.analysis.monotonicity import freed_by_more

    own = decider()
    spec = begun(asked, own.specification(asked.question))
    program = own.snapshots.at(asked.on, asked.layer or spec.headline)
    rows = []
    for figure, row in face_data("lines")["frees"].items():
        answer = freed_by_more(program, figure, row["caught"])
        facts = answer.witness.plain() if answer.witness else None
        title = wording(row["title"])
        rows.append(
            {
                "figure": figure,
                "caught": row["caught"],
                "title": {"en": title.en, "zh": title.zh},
                "verdict": {"none": "never", "found": "sometimes"}.get(answer.verdict, answer.verdict),
                "bounds": str(answer.bounds),
                "why": answer.why,
                "example": facts,
            }
        )
    return {"schema_version": SCHEMA_VERSION, "on": asked.on.isoformat(), "frees": rows}
