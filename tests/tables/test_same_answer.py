"""A row of a table has the very answer of a single check: every question, assumptions or none."""

from __future__ import annotations

import polars as pl
import pytest
from tests.tables.generated import answered_alone, rows_of

from tidewaiter.base.errors import InputFaults
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider
from tidewaiter.faces.tables import setting
from tidewaiter.tables.mapping import Wishes, lay_out
from tidewaiter.tables.sheet import FAULT, Sheet

QUESTIONS = tuple(decider().law.questions)


def _answers(question: str, rows: list[dict[str, str]], profile: str | None) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    own = setting()
    layout, faults = lay_out(frame.columns, Wishes(), own.decider.specification(question), own)
    assert not faults
    sheet = Sheet(layout, question, own, profile)
    return pl.concat([sheet.answer(part) for part in frame.iter_slices(max(len(rows) // 3, 1))])


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("profile", [DEFAULT_PROFILE, None])
def test_every_row_has_the_answer_of_a_single_check(question: str, profile: str | None) -> None:
    rows = rows_of(question, 16 if profile else 5, seed=7)
    rows += rows[:6]  # rows that stand twice share a verdict
    found = _answers(question, rows, profile)
    for row, got in zip(rows, found.iter_rows(named=True), strict=True):
        try:
            alone = answered_alone(question, row, profile)
        except InputFaults:
            assert got[FAULT], row
            continue
        assert got[FAULT] is None, (row, got[FAULT])
        assert got["tw_outcome"] == alone.outcome, row
        assert got["tw_layer"] == alone.headline, row
        assert {f.layer: f.outcome for f in alone.layers} == {f.layer: got[f"tw_{f.layer}"] for f in alone.layers}, row
        assert got["tw_confidence"] == alone.confidence, row
        assert set(filter(None, got["tw_missing"].split("; "))) == {need["term"] for need in alone.missing}, row
        assert got["tw_law"] == alone.law_digest[:12]


def test_rows_are_answered_alike_in_any_company() -> None:
    """What a row's verdict looked at is complete: the order in which rows come changes no answer."""
    rows = rows_of("export", 60, seed=11)
    forward = _answers("export", rows, DEFAULT_PROFILE)
    backward = _answers("export", rows[::-1], DEFAULT_PROFILE).reverse()
    for name in forward.columns:
        assert forward[name].cast(pl.String).to_list() == backward[name].cast(pl.String).to_list(), name


def test_figures_of_a_chip_on_every_row() -> None:
    """Numbers on, beside and between the lines of the law, with and without what is calculated from them."""
    rows = []
    for index in range(60):
        tpp, density = (1599, 1600, 2399, 2400, 4799, 4800, 4801)[index % 7], ("1.6", "3.2", "5.92", "6", "")[index % 5]
        day = ("2022-12-01", "2023-11-17", "2025-02-20", "2026-06-15")[index % 4]
        row = {"key": str(index), "on": day, "item": "", "to": ("CN", "TW", "")[index % 3], "end-user-hq": "CN"}
        row |= {"tpp": str(tpp), "density": density, "die-area": "800" if index % 2 else "", "data-center": "yes"}
        rows.append(row | {"quantity": str(10 ** (index % 5))})
    found = _answers("export", [{k: v for k, v in row.items() if k != "item"} for row in rows], DEFAULT_PROFILE)
    for row, got in zip(rows, found.iter_rows(named=True), strict=True):
        alone = answered_alone("export", row, DEFAULT_PROFILE)
        assert {f.layer: f.outcome for f in alone.layers} == {f.layer: got[f"tw_{f.layer}"] for f in alone.layers}, row
        assert got["tw_confidence"] == alone.confidence
