"""Every statement of law has a source that exists, a confidence, a day checked, and its sense in two languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.house.law_words import law_documents
from tests.house.provenance import instrument_ids, law_statements, provenance_faults, sources
from tests.house.report import no_faults

__all__: list[str] = []

WHOLE: dict[str, Any] = {
    "from": dt.date(2022, 10, 21),
    "source": "A 1; B 2",
    "confidence": "high",
    "checked": dt.date(2026, 11, 23),
    "says": {"en": "a", "zh": "甲"},
}


def statements() -> list[tuple[str, dict[str, Any], bool]]:
    found = [entry for path, document in law_documents() for entry in law_statements(path, document)]
    if not found:
        pytest.skip("no provision is encoded yet")
    return found


def test_every_statement_of_law_says_where_it_comes_from() -> None:
    no_faults(
        fault for where, statement, must_say in statements() for fault in provenance_faults(where, statement, must_say)
    )


def test_every_source_is_an_instrument() -> None:
    known = set(instrument_ids(list(law_documents())))
    if not known:
        pytest.skip("no instrument is encoded yet")
    no_faults(
        f"{where}: no such instrument: {source}"
        for where, statement, _ in statements()
        for source in sources(statement)
        if source not in known
    )


def test_no_instrument_stands_twice() -> None:
    ids = instrument_ids(list(law_documents()))
    no_faults(f"instrument stands {ids.count(name)} times: {name}" for name in sorted(set(ids)) if ids.count(name) > 1)


def test_a_whole_statement_passes() -> None:
    assert list(provenance_faults("x", WHOLE, True)) == []
    assert sources(WHOLE) == ["A 1", "B 2"]


@pytest.mark.parametrize("key", ["from", "source", "confidence", "checked", "says"])
def test_a_statement_that_lacks_one_thing_is_refused(key: str) -> None:
    lacking = {name: value for name, value in WHOLE.items() if name != key}
    assert len(list(provenance_faults("x", lacking, True))) == 1


def test_one_language_is_not_enough() -> None:
    assert list(provenance_faults("x", {**WHOLE, "says": {"en": "a"}}, True))
    assert not list(provenance_faults("x", {"from": WHOLE["from"], "end": "unchecked"}, True))
