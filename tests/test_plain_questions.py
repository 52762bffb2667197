"""Plain questions get useful answers: the outcome a lawyer would give, every assumption declared, hardly any open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tidewaiter.base.yaml import load_yaml
from tidewaiter.determine.deciding import UNDETERMINED
from tidewaiter.faces.asking import Asked, answer
from tidewaiter.faces.composition import DEFAULT_PROFILE
from tidewaiter.faces.screening.screens import Request, screen_request

FILE = Path(__file__).with_name("plain_questions.yaml")


def asked() -> list[tuple[dict[str, Any], dt.date, str]]:
    entries = load_yaml(FILE.read_text(encoding="utf-8"), FILE.name)
    return [
        (entry, dt.date.fromisoformat(str(day)), outcome)
        for entry in entries
        for day, outcome in entry["outcomes"].items()
    ]


@pytest.mark.parametrize(("entry", "day", "outcome"), asked(), ids=lambda value: str(value)[:40])
def test_the_answer_is_the_one_a_lawyer_gives(entry: dict[str, Any], day: dt.date, outcome: str) -> None:
    kind = entry.get("kind", "export")
    confirm = tuple(entry.get("confirm", ()))
    found = answer(Asked(kind, entry.get("item"), day, entry["options"], entry.get("facts", {}), confirm=confirm))
    assert found.outcome == outcome, [(layer.layer, layer.outcome) for layer in found.layers]
    assert "text" not in entry or found.layer("text").outcome == entry["text"]
    assert found.sources or found.exit_code == 0
    assert all(each.profile == DEFAULT_PROFILE and (each.ask.en and each.ask.zh) for each in found.assumptions)


def test_whether_a_party_is_listed_is_told_with_dates_and_citation() -> None:
    """Plain question 18. A name is never more than a possible match."""
    before, after = (screen_request(Request("智谱", day)) for day in (dt.date(2024, 12, 15), dt.date(2025, 2, 15)))
    assert (before.outcome, before.exit_code) == ("elsewhen", 3)
    assert (after.outcome, after.exit_code) == ("possible_match", 1)
    for found, status in ((before, "later"), (after, "listed")):
        best = found.proposals[0]
        assert (best.entry.list, best.status, best.entry.listed) == ("entity_list", status, dt.date(2025, 1, 16))
        assert "90 FR 4617" in best.entry.citation
        assert not best.entry.footnotes
    effects = after.effects[after.proposals[0].party]
    assert effects is not None
    assert effects.plain.outcome == "license_required"


def test_hardly_any_plain_question_stays_open() -> None:
    outcomes = [outcome for _, _, outcome in asked()]
    assert outcomes.count(UNDETERMINED) < len(outcomes) / 5
