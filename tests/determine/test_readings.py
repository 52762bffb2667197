"""Readings of unsettled law: where they change the outcome of a question, the answer says so, and under which one."""

from __future__ import annotations

import datetime as dt

import pytest

from tidewaiter.faces.composition import decider

__all__: list[str] = []

RUN = {"compute_site": "MY", "compute_us_person": False, "compute_workload": "training"}
CHIP = {"peaks": [{"bits": 8, "tops": 1979}], "die_area": 814, "data_center": True}
INTELLIGENCE = {"role": "end_user", "headquarters": "CN", "military_intelligence_end_user": True}


@pytest.mark.parametrize(
    ("question", "on", "facts", "term", "outcomes"),
    [
        (
            "compute_access",
            "2025-06-01",
            {**RUN, "ics": [CHIP], "parties": [INTELLIGENCE]},
            "compute_change_of_use_is_transfer",
            {"change_of_use": "license_required", "remote_only": "no_license_required"},
        ),
        (
            "compute_access",
            "2025-05-12",
            {
                "compute_site": "US",
                "wmd_training_end_use": True,
                "parties": [{"role": "end_user", "headquarters": "SG"}],
            },
            "compute_training_is_support",
            {"counts": "license_required", "use_itself": "no_license_required"},
        ),
        (
            "export",
            "2023-02-01",
            {
                "item_form": "ic",
                "us_origin": True,
                "destination": "TW",
                "cluster_location": "CN",
                "supercomputer_end_use": True,
                "ics": [{"peaks": [{"bits": 16, "tops": 312}], "transfer_rate": 600, "data_center": True}],
                "parties": [{"role": "end_user", "headquarters": "TW"}],
            },
            "supercomputer_upper_item",
            {"listed_entries": "no_license_required", "greater_included": "license_required"},
        ),
    ],
)
def test_alternative_readings_change_the_outcome(
    question: str, on: str, facts: dict[str, object], term: str, outcomes: dict[str, str]
) -> None:
    answer = decider().decide(question, facts, dt.date.fromisoformat(on), profile="plain_commercial")
    found = {each.term: each for each in answer.readings}
    assert term in found, sorted(found)
    assert found[term].matters
    assert {name: code for name, _, code in found[term].outcomes} == outcomes
    layer = next(each for each in answer.layers if each.layer == found[term].layer)
    assert layer.outcome == outcomes[found[term].default]


def test_readings_that_change_nothing_are_told_apart() -> None:
    party = {"role": "end_user", "headquarters": "SG"}
    facts = {**RUN, "compute_workload": "inference", "ics": [CHIP], "parties": [party]}
    answer = decider().decide("compute_access", facts, dt.date(2025, 6, 1), profile="plain_commercial")
    assert not any(each.matters for each in answer.readings)
