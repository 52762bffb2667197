"""Small programs whose overlaps, gaps, dead cases and differences are known."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from tests.engine.solve.small import COLOR, NUMBER, conditions, program

from tidewaiter.base.errors import EngineError, LimitExceeded
from tidewaiter.engine.facts import Instance, Rows
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.solve import Bounds, can_be, can_hold, equivalent, first_holds, gap, inquire, overlap
from tidewaiter.engine.solve.answers import Answer
from tidewaiter.engine.types import BOOLEAN, DATE
from tidewaiter.engine.values import Truth, Value, ordinal

z3 = pytest.importorskip("z3")

__all__: list[str] = []

EMPTY = program()


def _facts(answer: Answer) -> dict[str, object]:
    assert answer.witness is not None
    return dict(answer.witness.plain())


def _number(answer: Answer, name: str) -> float:
    value = _facts(answer)[name]
    assert isinstance(value, float)
    return value


# overlap and gap ----------------------------------------------------------------------------------


def test_two_conditions_that_overlap_at_one_number() -> None:
    cases = conditions(EMPTY, "amount <= 40", "amount >= 40", "amount > 99")
    answer = overlap(EMPTY, cases)
    assert answer.verdict == "found"
    assert len(answer.which) == 2
    assert _number(overlap(EMPTY, cases[:2]), "amount") == 40


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (("amount < 40", "amount >= 40"), "none"),
        (("color in warm", "color in cold"), "none"),
        (("color in warm | {blue}", "color in cold"), "found"),
        (("amount >= 40 and not flag", "amount >= 40 and flag"), "none"),
        (("amount > 100", "amount >= 100"), "none"),  # the vocabulary ends at 100
        (("any(items, item.amount > 10)", "all(items, item.amount <= 10)"), "none"),
        (("count(items, true) >= 2", "count(items, item.flag) == 0"), "found"),
        (("sum(items, item.amount) > 20", "all(items, item.amount < 8)"), "none"),  # two rows at most
        (("shade[color] == green", "color == red"), "found"),
        (("shade[color] == red", "color == red"), "none"),  # red is looked up away
        (("day < date(2023, 1, 1)", "year(day) == 2023"), "none"),
        (("day >= date(2023, 6, 1)", "year(day) == 2023"), "found"),
        (("days(day, as_of) > 10", "day >= as_of"), "none"),
        (("add_months(day, 1) == date(2024, 2, 29)", "day == date(2024, 1, 31)"), "found"),
        (("add_months(day, 1) == date(2024, 3, 1)", "day == date(2024, 1, 31)"), "none"),
        (('word == "alpha"', 'word == "beta"'), "none"),
        (('word == "alpha"', 'word != "beta"'), "found"),
    ],
)
def test_overlap(texts: tuple[str, ...], verdict: str) -> None:
    assert overlap(EMPTY, conditions(EMPTY, *texts)).verdict == verdict


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (("amount < 40", "amount >= 40"), "none"),
        (("amount < 40", "amount > 40"), "found"),
        (("color in warm", "color in cold"), "found"),
        (("color in warm", "color in cold", "color == gray"), "none"),
        (("amount >= 0",), "none"),
        (("balance >= 0",), "found"),
        (("any(items, flag)", "any(items, not flag)", "count(items, true) == 0"), "none"),
        (("any(items, flag)", "all(items, not flag)"), "none"),
    ],
)
def test_gap(texts: tuple[str, ...], verdict: str) -> None:
    assert gap(EMPTY, conditions(EMPTY, *texts)).verdict == verdict


def test_the_gap_is_shown_with_what_matters_and_nothing_else() -> None:
    answer = gap(EMPTY, conditions(EMPTY, "amount < 40", "amount > 40 or (flag and open)"))
    assert _number(answer, "amount") == 40
    assert set(_facts(answer)) <= {"amount", "flag", "open"}
    assert len(_facts(answer)) == 2
    assert str(answer.witness) in {"{amount: 40, flag: no}", "{amount: 40, open: no}"}


def test_conditions_about_a_row_are_asked_of_a_row() -> None:
    answer = gap(EMPTY, conditions(EMPTY, "share > 10", "transaction.flag", subject="stake"), subject="stake")
    assert str(answer.witness) == "{flag: no, parties: [{owners: [{(this one), share: 0}]}]}"


def test_a_row_in_its_place() -> None:
    cases = conditions(EMPTY, "item.flag", "any(pieces, weight > 3)", "transaction.flag", subject="item")
    answer = gap(EMPTY, cases, subject="item")
    items = _facts(answer)["items"]
    assert isinstance(items, list)
    assert items[0]["(this one)"] is True
    assert items[0]["flag"] is False
    assert items[0]["pieces"] == []
    assert _facts(answer)["flag"] is False
    assert "(this one)" in str(answer)


# cases that are never chosen ----------------------------------------------------------------------


def test_a_dead_case() -> None:
    cases = conditions(EMPTY, "amount >= 10", "color in warm", "amount >= 20 and color in cold", "flag")
    verdicts = [first_holds(EMPTY, cases, index).verdict for index in range(4)]
    assert verdicts == ["found", "found", "none", "found"]


def test_an_unknown_condition_chooses_nothing_after_it() -> None:
    law = program(("unread", BOOLEAN, "true"))
    cases = conditions(law, "known(amount) and amount / balance > 3", "flag")
    bounds = Bounds(missing="never")
    assert first_holds(law, cases, 1, bounds=bounds).verdict == "found"
    assert can_hold(law, cases[0], None, bounds=bounds).verdict == "found"  # at a balance of nothing
    assert _number(can_hold(law, cases[0], None, bounds=bounds), "balance") == 0


@pytest.mark.parametrize(
    ("text", "truth", "verdict"),
    [
        ("amount >= 0", False, "none"),
        ("amount >= 0", True, "found"),
        ("flag or not flag", False, "none"),
        ("known(amount)", False, "found"),
        ("first(width, amount) == amount", True, "found"),
        ("established(flag)", None, "none"),
        ("max(items, item.amount) >= 0", None, "found"),  # of no items
        ("amount * width > 7 and amount < 2 and width < 2", True, "none"),
        ("amount * amount == 2 and flag", True, "undecided"),  # true of a number that no float is
    ],
)
def test_what_a_condition_can_come_to(text: str, truth: Truth, verdict: str) -> None:
    answer = can_hold(EMPTY, conditions(EMPTY, text)[0], truth)
    assert answer.verdict == verdict
    assert bool(answer.why) == (verdict == "undecided")


# terms --------------------------------------------------------------------------------------------

LAW = program(
    ("density", NUMBER, "amount / balance"),
    ("heavy", BOOLEAN, "density >= 5.92 or sum(items, item.amount, where=item.flag, per=item.color) > 60"),
    ("tint", COLOR, "if_else(heavy, swap[color], if_else(flag, gray, color))"),
    ("deadline", DATE, "add_days(day, 30)"),
)


@pytest.mark.parametrize(
    ("term", "value", "verdict"),
    [
        ("heavy", True, "found"),
        ("tint", "red", "found"),
        ("density", 5.92, "found"),
        ("density", -3, "found"),
        ("deadline", float(ordinal(dt.date(2024, 2, 1))), "found"),
        ("deadline", float(ordinal(dt.date(2014, 2, 1))), "none"),
        ("tint", "purple", "none"),
    ],
)
def test_what_a_term_can_be(term: str, value: Value, verdict: str) -> None:
    answer = can_be(LAW, term, value)
    assert answer.verdict == verdict
    if answer.witness:
        found = Reference(LAW, answer.witness.root).value(term)
        assert found == (pytest.approx(value) if isinstance(value, float | int) else value)


def test_the_same_rule_in_other_words_is_equivalent() -> None:
    one = program(("held", BOOLEAN, "amount >= 40 and not (flag or open)"))
    two = program(("held", BOOLEAN, "not (open or amount < 40) and not flag"))
    assert equivalent(one, two, "held").verdict == "none"


def test_a_moved_threshold_is_found_between_the_two() -> None:
    one, two = (program(("held", BOOLEAN, f"amount >= {least} and color in cold")) for least in (40, 45))
    answer = equivalent(one, two, "held")
    assert answer.values == (True, False)
    assert 40 <= _number(answer, "amount") < 45
    assert _facts(answer)["color"] in {"green", "blue"}


def test_law_that_left_something_open_differs_from_law_that_says_it() -> None:
    one = program(("ratio", NUMBER, "amount / balance"))
    two = program(("ratio", NUMBER, "if_else(balance == 0, 0, amount / balance)"))
    answer = equivalent(one, two, "ratio")
    assert answer.verdict == "found"
    assert _number(answer, "balance") == 0


def test_recursion_along_owners_stops_at_the_depth_of_the_bounds() -> None:
    law = program(
        ("party.held", BOOLEAN, "flag or any(owners, share >= 50 and held)"),
        ("chain", BOOLEAN, "any(parties, party.held and not flag and all(owners, not party.flag))"),
        recursive="party.held",
    )
    assert can_be(law, "chain", True, bounds=Bounds(depth=1)).verdict == "none"
    answer = can_be(law, "chain", True, bounds=Bounds(depth=2))
    assert answer.verdict == "found"
    assert "chains of at most 2" in str(answer.bounds)


def test_a_term_that_rests_on_itself_is_refused() -> None:
    law = program(("ring", BOOLEAN, "flag or ring"), recursive="ring")
    with pytest.raises(LimitExceeded, match="'ring' rests on itself"):
        can_be(law, "ring", True)


def test_rows_needed_beyond_the_bounds_are_not_found_and_the_bounds_say_so() -> None:
    law = program(("many", BOOLEAN, "count(items, item.flag) >= 3"))
    answer = can_be(law, "many", True)
    assert (answer.verdict, answer.witness) == ("none", None)
    assert "at most 2 rows" in str(answer)
    assert can_be(law, "many", True, bounds=Bounds(rows=3)).verdict == "found"


# manners ------------------------------------------------------------------------------------------


def test_no_time_is_no_decision() -> None:
    hard = "amount * width * balance == 7.3 and amount * amount * width + balance * balance * balance == 11.7"
    odd = "width * width * width - amount * balance == 3.1"
    answer = overlap(EMPTY, conditions(EMPTY, hard, odd), bounds=Bounds(seconds=0.002))
    assert answer.verdict == "undecided"
    assert answer.witness is None


@pytest.mark.parametrize("wrong", [{"rows": 0}, {"rows": 100}, {"depth": -1}, {"years": 0}, {"seconds": 0}])
def test_bounds_that_make_no_sense_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"from 1 to|more than 0"):
        Bounds(**wrong)  # type: ignore[arg-type]


def test_a_witness_that_does_not_hold_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reference, "value", lambda self, term, instance=None: False)
    with pytest.raises(EngineError, match="does not hold in the reference evaluator"):
        overlap(EMPTY, conditions(EMPTY, "amount >= 40", "flag"))


def test_questions_of_one_inquiry_do_not_disturb_each_other() -> None:
    inquiry = inquire(LAW)
    first = inquiry.can_be("heavy", True)
    assert inquiry.can_be("heavy", False).verdict == "found"
    again = inquiry.can_be("heavy", True)
    assert (first.verdict, again.verdict) == ("found", "found")


def test_a_witness_is_what_the_reference_reads() -> None:
    answer = overlap(EMPTY, conditions(EMPTY, "count(items, item.flag) == 2", "flag"))
    assert answer.witness is not None
    root = answer.witness.root
    assert isinstance(root, Instance)
    assert isinstance(root.relations["items"], Rows)
    assert [row.target.facts for row in root.relations["items"].rows] == [{"item.flag": True}] * 2
    assert root.facts == {"flag": True}


def test_z3_is_loaded_with_the_first_question_only() -> None:
    code = "import sys, tidewaiter.engine.solve, tidewaiter.library.consistency; print('z3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"
