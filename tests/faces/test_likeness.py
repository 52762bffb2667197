"""A name in a question that is alike to listed ones: what each list would decide stays open."""

from __future__ import annotations

import datetime as dt

from tidewaiter.faces.asking import Asked, answer

__all__: list[str] = []


def test_a_name_alike_to_entries_of_several_lists_leaves_each_open() -> None:
    options = {"customer": "Integrity Technology", "customer-hq": "CN", "site": "US"}
    rented = answer(Asked("compute_access", "", dt.date(2026, 1, 1), options))
    assert rented.outcome == "undetermined"  # alike to one of the SDN List, and less to one of the Entity List
    for name, dealing in (("Tencent", "defense_contract"), ("SMIC", "securities"), ("Hikvision", "federal_purchase")):
        options = {"name": name, "dealing": dealing}
        assert answer(Asked("party", "", dt.date(2026, 7, 1), options)).outcome == "undetermined", name
    shipped = {"name": "Tencent", "to": "CN", "hq": "CN"}
    assert answer(Asked("party", "", dt.date(2026, 7, 1), shipped)).outcome == "no_license_required"


def test_names_of_the_shipped_table_reach_every_question() -> None:
    day = dt.date(2025, 2, 15)
    options = {"to": "CN", "end-user-hq": "CN", "end-user": "智谱"}
    found = answer(Asked("export", "RTX 4070", day, options))
    assert any("90 FR 4617" in each.en for each in found.warnings)
    assert found.outcome == "undetermined"  # a possible match is no clearance
    counted = answer(Asked("export", "RTX 4070", day, options, confirm=("best",)))
    assert counted.outcome == "license_required" != found.outcome
    earlier = answer(Asked("export", "RTX 4070", dt.date(2024, 12, 15), options, confirm=("best",)))
    assert earlier.outcome == "no_license_required"  # listed a month later
