"""Lines around an item, and whether more ever frees: exact lines, both sides, proofs and counterexamples."""

from __future__ import annotations

import datetime as dt

import pytest

from tidewaiter.analysis.monotonicity import MORE, freed_by_more
from tidewaiter.analysis.sides import Side
from tidewaiter.analysis.sweeps import Sweep, Turn, nearest_turns
from tidewaiter.analysis.witness import class_difference, first_flip, outcome_difference
from tidewaiter.determine.intake import build_case
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.solve import Bounds
from tidewaiter.faces import comparing
from tidewaiter.faces.asking import Asked, stated
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider


def sweep(item: str, day: dt.date) -> Sweep:
    facts, _ = stated(Asked(item=item, options={"to": "CN", "end-user-hq": "CN"}))
    side = Side(decider(), day, "enforced")
    case = build_case(facts, decider().law.vocabulary)
    return Sweep(side, decider().specification("export"), case, DEFAULT_PROFILE)


def of(turns: tuple[Turn, ...], term: str) -> list[Turn]:
    return [turn for turn in turns if turn.figure.term == term]


def test_the_h20_is_32_below_the_line_at_2400() -> None:
    held = sweep("H20", dt.date(2024, 6, 1))
    [turn] = of(nearest_turns(held, ["ic.tpp"]), "ic.tpp")
    assert (turn.figure.value, turn.line, turn.at) == (2368.0, 2400.0, True)
    assert held.outcome() == turn.below == held.outcome(turn.figure, 2399.999)
    assert held.outcome(turn.figure, 2400.0) == turn.above != turn.below


def test_the_nearest_line_of_a_smaller_die_is_found_through_the_density() -> None:
    held = sweep("H20", dt.date(2024, 6, 1))
    [turn] = of(nearest_turns(held, ["ic.die_area"]), "ic.die_area")
    assert turn.line == pytest.approx(740.0, rel=1e-9)  # 2,368 TPP over 740 mm2 is a density of 3.2


def test_the_h800_was_below_the_transfer_rate_of_2022() -> None:
    [turn] = of(nearest_turns(sweep("H800", dt.date(2023, 6, 1))), "ic.transfer_rate")
    assert turn.line == 600.0


def test_all_turns_of_a_figure_are_told_in_order() -> None:
    held = sweep("RTX 4090", dt.date(2024, 6, 1))
    [figure] = [each for each in held.figures() if each.term == "ic.tpp"]
    lines = [turn.line for turn in held.turns(figure)]
    assert lines == sorted(lines)
    assert 4800.0 in lines


@pytest.mark.parametrize("day", [dt.date(2023, 6, 1), dt.date(2024, 6, 1)])
def test_more_tpp_never_frees_a_chip_from_both_limbs(day: dt.date) -> None:
    program = decider().snapshots.at(day, "text")
    assert freed_by_more(program, "ic.tpp", ["ic.eccn_3a090_a", "ic.eccn_3a090_b"]).verdict == "none"


def test_more_tpp_frees_from_the_lower_limb_alone_and_the_example_shows_it() -> None:
    program = decider().snapshots.at(dt.date(2024, 6, 1), "text")
    answer = freed_by_more(program, "ic.tpp", ["ic.eccn_3a090_b"])
    assert answer.verdict == "found"
    assert answer.witness is not None
    circuit = answer.witness.focus
    more = circuit.facts[f"ic.{MORE}"]
    reference = Reference(program, answer.witness.root)
    before = reference.value("ic.tpp", circuit)
    assert isinstance(before, float)
    assert isinstance(more, float)
    grown = Reference(program, answer.witness.root, None, {("ic.tpp", id(circuit)): before + more})
    assert reference.value("ic.eccn_3a090_b", circuit) is True
    assert grown.value("ic.eccn_3a090_b", circuit) is False


def test_a_difference_of_class_is_replayed_and_none_is_a_proof() -> None:
    spec = decider().specification("export")
    early, late = Side(decider(), dt.date(2023, 11, 16), "text"), Side(decider(), dt.date(2023, 11, 17), "text")
    found = class_difference(early, late, spec)
    assert found is not None
    assert found.answer.witness is not None
    values = [
        Reference(side.program, found.answer.witness.root).value(found.term, found.answer.witness.focus)
        for side in (early, late)
    ]
    assert tuple(values) == found.values
    assert values[0] != values[1]
    assert class_difference(late, Side(decider(), dt.date(2023, 11, 18), "text"), spec) is None


def test_a_real_item_comes_first() -> None:
    spec = decider().specification("export")
    early, late = Side(decider(), dt.date(2023, 11, 16), "enforced"), Side(decider(), dt.date(2023, 11, 17), "enforced")
    subjects = [each for each in comparing._subjects("export", {})[0] if each.key.startswith("nvidia")]
    flip = first_flip(early, late, spec, subjects, "country", DEFAULT_PROFILE, frozenset({"CN"}))
    assert flip is not None
    assert flip.before != flip.after


def test_what_is_not_decided_in_time_is_said_so() -> None:
    spec = decider().specification("export")
    early, late = Side(decider(), dt.date(2023, 11, 16), "text"), Side(decider(), dt.date(2023, 11, 17), "text")
    answer = outcome_difference(early, late, spec, Bounds(rows=1, depth=0, seconds=0.001))
    assert answer.verdict in ("undecided", "found")
    assert answer.verdict == "found" or answer.why
