"""The comparison on labelled pairs: our own, and the development pairs of the notes."""

from __future__ import annotations

import pytest
from tests.evidence.parties.names.labelled import Pair, development_pairs, figures, own_pairs, script
from tests.shared import shared_path

from tidewaiter.evidence.parties.names import score_names, threshold

__all__: list[str] = []

KNOWN_WRONG = {
    ("Xiamen Lanwan Biotech Co., Ltd.", "Xiamen Blue Bay Bio-technology Co.,Ltd"),
    ("Falcon Ridge Aerospace", "Falcon Bridge Aerospace"),
}
"""Pairs that rules over letters alone get wrong; an alias table settles the Chinese ones."""


def test_own_pairs_hold_the_hard_kinds_evenly() -> None:
    pairs = own_pairs()
    kinds = {pair.kind for pair in pairs}
    assert len(pairs) >= 280
    assert all(12 <= sum(pair.kind == kind for pair in pairs) <= 30 for kind in kinds)
    assert 0.4 < sum(pair.match for pair in pairs) / len(pairs) < 0.65
    assert len({(pair.query, pair.candidate, pair.schema) for pair in pairs}) == len(pairs)


@pytest.mark.parametrize("pair", own_pairs(), ids=lambda pair: f"{pair.query} / {pair.candidate}")
def test_an_own_pair(pair: Pair) -> None:
    said = score_names(pair.query, pair.candidate, pair.schema) >= threshold()
    expected = pair.match != ((pair.query, pair.candidate) in KNOWN_WRONG)
    assert said == expected, pair.reason


def test_development_pairs_reach_the_bar() -> None:
    pairs = development_pairs(shared_path("data/name_pairs_dev.csv"))
    whole = figures(pairs)
    assert whole.f1 >= 0.80
    assert whole.precision >= 0.90
    assert figures(pair for pair in pairs if script(pair) == "both").f1 >= 0.93
    assert figures(pair for pair in pairs if script(pair) == "one").f1 >= 0.60
    assert figures(pair for pair in pairs if script(pair) == "none").f1 >= 0.80
