"""Checks of claims against law, lists, catalog and events, on both sides of their days."""

import datetime as dt
from typing import Any

import pytest

from tidewaiter.faces.articles import read_article, verify_claims
from tidewaiter.reading.claims import claims_of
from tidewaiter.reading.desk import NoDesk
from tidewaiter.reading.dossier import check_all, setting_for
from tidewaiter.reading.findings import Finding
from tidewaiter.reading.interval import DateInterval, one_day

__all__: list[str] = []

TODAY = dt.date(2026, 11, 23)


def checked(kind: str, day: str, **fields: Any) -> Finding:
    claim = {"type": kind, "fields": {k: v for k, v in fields.items() if k not in ("stance", "topic", "speaker")}}
    claim |= {k: v for k, v in fields.items() if k in ("stance", "topic", "speaker")}
    (found,) = verify_claims({"on": day, "claims": [claim]}, today=TODAY).claims
    return found.finding


@pytest.mark.parametrize(
    ("day", "item", "said", "status"),
    [
        ("2025-04-08", "H20", "not_controlled", "holds"),
        ("2025-04-09", "H20", "not_controlled", "qualified"),
        ("2025-04-09", "H20", "needs_license", "holds"),
        ("2025-04-08", "H20", "controlled", "contradicted"),
        ("2025-04-09", "H20", "banned", "qualified"),
        ("2023-10-22", "H800", "not_controlled", "holds"),
        ("2023-11-17", "H800", "not_controlled", "contradicted"),
        ("2023-11-17", "H800", "was_allowed", "holds"),
        ("2024-06-01", "H100", "allowed", "qualified"),
        ("2024-06-01", "RTX 4090", "needs_license", "qualified"),
        ("2024-06-01", "no such chip", "controlled", "not_checkable"),
    ],
)
def test_control_status(day: str, item: str, said: str, status: str) -> None:
    assert checked("control_status", day, item=item, status=said).status == status


@pytest.mark.parametrize(
    ("instrument", "date", "status"),
    [
        ("DOJ data rule", "2025-04-08", "holds"),
        ("DOJ data rule", "2025-04-07", "contradicted"),
        ("DOJ data rule", "2025-03-27", "contradicted"),
        ("DOJ data rule", "2025-01-08", "qualified"),
        ("AI Diffusion Rule", "2025-01-13", "holds"),
        ("AI Diffusion Rule", "2025-05-15", "qualified"),
        ("PAFACA", "2025-01-19", "holds"),
        ("Chip Security Act", "2026-01-01", "not_checkable"),
    ],
)
def test_effective_dates(instrument: str, date: str, status: str) -> None:
    assert checked("effective_date", "2026-06-01", instrument=instrument, date=date).status == status


def test_where_a_wrong_day_comes_from() -> None:
    found = checked("effective_date", "2025-01-28", instrument="DOJ data rule", date="2025-03-27")
    assert [("90" in text.en, "2024-12-27" in text.en) for text in found.arithmetic] == [(True, True)]
    assert checked("effective_date", "2025-01-28", instrument="DOJ data rule", date="2025-03-28").arithmetic == ()


@pytest.mark.parametrize(
    ("day", "party", "said", "status"),
    [
        ("2025-01-16", "智谱", "listed", "holds"),
        ("2025-01-16", "Zhipu", "absent", "contradicted"),
        ("2025-01-10", "Zhipu", "absent", "holds"),
        ("2025-01-10", "Zhipu", "listed", "not_checkable"),
        ("2026-07-31", "DeepSeek", "absent", "holds"),
        ("2026-07-31", "DeepSeek", "listed", "contradicted"),
        ("2025-02-01", "DeepSeek", "absent", "holds"),
        ("2026-09-01", "DeepSeek", "absent", "not_checkable"),
        ("2025-02-01", "DeepSeek", "listed", "not_checkable"),
        ("2025-06-01", "SenseTime", "removed", "not_checkable"),
    ],
)
def test_listings(day: str, party: str, said: str, status: str) -> None:
    assert checked("listing", day, party=party, list="Entity List", status=said).status == status


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"item": "H20", "than": "H100", "relation": "above", "measure": "inference"}, "qualified"),
        ({"item": "H20", "than": "H100", "relation": "above", "measure": "training"}, "contradicted"),
        ({"item": "H20", "than": "H100", "relation": "above", "measure": "memory_bandwidth"}, "holds"),
        ({"item": "H200", "measure": "memory", "value": 141}, "holds"),
        ({"item": "H200", "measure": "memory", "value": 80}, "not_checkable"),
        ({"item": "H200", "than": "H20", "relation": "above", "measure": "compute", "times": 6.7}, "holds"),
    ],
)
def test_comparisons(fields: dict[str, Any], status: str) -> None:
    found = checked("comparison", "2026-01-01", **fields)
    assert found.status == status
    assert found.arithmetic


def test_a_developers_figure_is_qualified() -> None:
    found = checked("cost_compute", "2025-02-01", model="DeepSeek-V3", measure="cost", value=5_576_000, unit="USD")
    assert found.status == "qualified"
    assert (
        checked("cost_compute", "2025-02-01", model="DeepSeek-V3", measure="parameters", value=671e9).status == "holds"
    )


@pytest.mark.parametrize(
    ("day", "fields", "status"),
    [
        ("2025-03-01", {"what": "restrict", "item": "H20"}, "borne_out"),
        ("2025-05-01", {"what": "restrict", "item": "H20"}, "not_so_far"),
        ("2025-05-01", {"what": "allow", "item": "H20"}, "borne_out"),
        ("2026-01-01", {"what": "list", "party": "Alibaba", "list": "1260H"}, "borne_out"),
        ("2026-01-01", {"what": "list", "party": "DeepSeek", "list": "Entity List"}, "not_so_far"),
        ("2026-11-20", {"what": "restrict_platforms"}, "open"),
        ("2026-01-01", {"what": "something else"}, "open"),
    ],
)
def test_predictions(day: str, fields: dict[str, Any], status: str) -> None:
    assert checked("prediction", day, **fields).status == status


def test_events() -> None:
    july = {"earliest": "2019-07-01", "latest": "2019-07-31"}
    assert checked("event", "2025-01-28", event="github_sanctions", date=july).status == "holds"
    assert checked("event", "2025-01-28", event="github_sanctions", date="2018-07-25").status == "contradicted"
    assert checked("event", "2025-01-28", event="wang_h100_remark").status == "allegation"
    assert checked("event", "2019-01-01", event="github_sanctions").status == "not_checkable"


@pytest.mark.parametrize("stance", ["asked", "conditional", "denied"])
def test_what_is_not_asserted_is_not_decided(stance: str) -> None:
    found = checked("control_status", "2025-01-28", item="H20", status="not_controlled", stance=stance)
    assert found.status == "not_checkable"


def test_a_known_statement_holds_only_as_long_as_the_law_answers_so() -> None:
    found = checked("requirement", "2025-01-28", topic="open_source_outside", instrument="EAR")
    assert found.status == "holds"
    claims, _ = claims_of({"claims": [{"type": "requirement", "topic": "open_source_outside", "fields": {}}]})
    (alone,) = check_all(claims, setting_for(one_day(dt.date(2025, 1, 28)), NoDesk(), None, TODAY))
    assert alone.finding.status == "not_checkable"


def test_without_a_desk_nothing_of_the_law_is_decided() -> None:
    document = {
        "claims": [
            {"type": "control_status", "fields": {"item": "H20", "status": "not_controlled"}},
            {"type": "comparison", "fields": {"item": "H20", "than": "H100", "relation": "above"}},
            {"type": "prediction", "fields": {"what": "restrict", "item": "H20"}},
        ]
    }
    claims, _ = claims_of(document)
    found = check_all(claims, setting_for(DateInterval(), NoDesk(), None, TODAY))
    assert {each.finding.status for each in found} == {"not_checkable", "open"}


def test_an_article_without_a_date_decides_nothing_that_needs_one() -> None:
    found = read_article("Nvidia's H20 chip is not subject to export controls, and Zhipu is on the Entity List.")
    assert not found.reading.dating.determined
    assert found.claims
    assert {each.finding.status for each in found.claims} == {"not_checkable"}
