"""The twelve rules: every situation, on every layer, by the reference evaluator and by the prover."""

import pytest
from tests.acceptance.suite import Situation, differences, situations

from tidewaiter.base.errors import QuestionFaults

SITUATIONS = list(situations())


@pytest.mark.parametrize("situation", SITUATIONS, ids=[each.name for each in SITUATIONS])
def test_situation(situation: Situation) -> None:
    expected_fault = situation.more.get("fault")
    if expected_fault is None:
        assert situation.expect, "a situation that expects nothing tests nothing"
        assert differences(situation) == []
        return
    with pytest.raises(QuestionFaults) as caught:
        differences(situation)
    assert expected_fault in str(caught.value)


def test_every_rule_has_its_situations() -> None:
    by_rule = {name.split("_")[0] for name in (each.name for each in SITUATIONS)}
    assert by_rule == {f"{rule:02}" for rule in range(1, 13)}


def test_names_are_unique() -> None:
    names = [each.name for each in SITUATIONS]
    assert len(names) == len(set(names))
