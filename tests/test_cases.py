"""Every case in prose under `tests/cases` holds; the cases are well formed and enough."""

from __future__ import annotations

import pytest
from tests.prose_cases import Case, differences, load_cases

from tidewaiter.faces.composition import decider

LEAST = 200


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: f"{case.file}:{case.name}")
def test_case_holds(case: Case) -> None:
    found = differences(case, decider())
    assert not found, "\n".join([case.why, *found])


def test_cases_are_named_once_and_reasoned() -> None:
    cases = load_cases()
    names = [case.name for case in cases]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})
    assert len(names) >= LEAST
    for case in cases:
        assert case.kind in ("published", "boundary"), case.name
        assert case.why.strip(), case.name
        assert case.kind == "boundary" or case.source, case.name
