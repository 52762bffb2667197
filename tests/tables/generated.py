"""Rows of a question made up from its options: empty cells, several spellings, days near changes of the law."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any

from tidewaiter.determine.options import option_fact
from tidewaiter.engine.vocabulary import Fact
from tidewaiter.faces.composition import decider

__all__ = ["ITEMS", "Row", "answered_alone", "rows_of"]

Row = dict[str, str]
ITEMS = ("H20", "H100", "A100", "RTX 4090", "H800", "L40S", "MI300X", "HGX H200 8-GPU", "B200", "")
_NUMBERS = ("0", "1", "8", "1,600", "2399", "2400", "4800", "20", "50", "1e26", "600..800", "1024", "10000")
_PLACES = ("CN", "中国", "Macau", "SG", "DE", "US", "AE", "RU", "KP", "SA", "")


def rows_of(question: str, count: int, seed: int) -> list[Row]:
    """Rows with a key, a day, an item and every option of the question."""
    dice = random.Random(f"{question} {seed}")
    spec = decider().specification(question)
    vocabulary = decider().law.vocabulary
    once = {path: name for name, path in reversed(list(spec.options.items()))}  # some facts have two options
    facts = {name: option_fact(path, vocabulary) for path, name in once.items()}
    rows = []
    for index in range(count):
        row = {"key": f"r{index}", "on": _day(dice, spec.begins).isoformat(), "item": dice.choice(ITEMS)}
        for name, fact in facts.items():
            assert fact is not None
            row[name] = _cell(fact, dice) if dice.random() < 0.45 else ""
        rows.append(row)
    return rows


def _day(dice: random.Random, begins: dt.date) -> dt.date:
    late = [day for day in decider().snapshots.dates if day >= begins and day.year < 2028]
    near = dice.choice(late) + dt.timedelta(days=dice.choice((-1, 0, 1, 40)))
    return max(near, begins) if dice.random() < 0.98 else begins - dt.timedelta(days=1)


def _cell(fact: Fact, dice: random.Random) -> str:
    match fact.type.kind:
        case "boolean":
            return dice.choice(("yes", "no", "true", "是", "unknown"))
        case "number":
            return dice.choice(_NUMBERS)
        case "date":
            return (dt.date(2025, 1, 1) + dt.timedelta(days=dice.randrange(600))).isoformat()
        case "code":
            codes = list(decider().law.vocabulary.domains[fact.type.domain].codes)
            return dice.choice(_PLACES) if "CN" in codes and dice.random() < 0.9 else dice.choice(codes)
    return dice.choice(("SMIC", "Huawei", "a customer"))


def answered_alone(question: str, row: Mapping[str, str], profile: str | None) -> Any:
    """The row by a single check that leaves names unscreened, as tables do. Raises InputFaults."""
    from tidewaiter.determine.options import option_type, parsed_option
    from tidewaiter.faces.asking import Asked, answer

    spec, vocabulary = decider().specification(question), decider().law.vocabulary
    options = {
        name: parsed_option(cell, option_type(spec.options[name], vocabulary))
        for name, cell in row.items()
        if name in spec.options and cell.strip()
    }
    day = dt.date.fromisoformat(row["on"])
    return answer(Asked(question, row["item"] or None, day, options, {}, profile, confirm=None))
