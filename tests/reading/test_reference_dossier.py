"""What the design asks of the reference article (section 9); runs where the article is present beside the checkout."""

import datetime as dt

import pytest
from tests.shared import shared_path

from tidewaiter.faces.articles import Dossier, read_article
from tidewaiter.reading.findings import Checked

__all__: list[str] = []

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    path = shared_path("data/articles/deepseek-policy-zh-hant.txt")
    return read_article(path.read_bytes(), name=path.name)


def one(dossier: Dossier, kind: str, *about: str, topic: str = "") -> Checked:
    found = [
        each
        for each in dossier.claims
        if each.claim.kind == kind and set(about) <= set(each.claim.about) and (not topic or each.claim.topic == topic)
    ]
    assert found, f"no {kind} about {about} {topic}"
    return found[0]


def later(each: Checked) -> dict[str, dt.date | None]:
    return {evidence.event or evidence.says.en: evidence.day for evidence in each.finding.later}


def test_the_allegation_about_fifty_thousand_chips(dossier: Dossier) -> None:
    each = one(dossier, "quantity", "deepseek", "nvidia-h100-sxm")
    assert (each.claim.fields["value"], each.claim.fields["unit"], each.claim.speaker) == (
        50_000,
        "chips",
        "alexandr_wang",
    )
    assert each.finding.status == "allegation"
    events = {evidence.event for evidence in each.finding.evidence}
    assert {"wang_h100_remark", "nvidia_on_deepseek"} <= events
    assert any("License required" in evidence.says.en for evidence in each.finding.evidence)
    assert "semianalysis_hopper" in later(each)


def test_the_h20_was_not_controlled_and_then_was(dossier: Dossier) -> None:
    each = one(dossier, "control_status", "nvidia-h20-96gb")
    assert each.finding.status == "holds"
    assert any("2,368" in text.en and "4,800" in text.en for text in each.finding.arithmetic)
    assert later(each)["h20_letter"] == dt.date(2025, 4, 9)
    foreseen = one(dossier, "prediction", "nvidia-h20-96gb")
    assert foreseen.finding.status == "borne_out"
    assert "adds:" in foreseen.finding.amendment


def test_the_h20_against_the_h100(dossier: Dossier) -> None:
    each = one(dossier, "comparison", "nvidia-h20-96gb", "nvidia-h100-sxm")
    assert each.finding.status == "qualified"
    assert any("1.19" in text.en for text in each.finding.arithmetic)
    assert any("0.15" in text.en for text in each.finding.arithmetic)


def test_scaling_at_test_time_in_numbers(dossier: Dossier) -> None:
    each = one(dossier, "cost_compute", topic="test_time_needs_gpus")
    assert each.finding.status == "holds"
    assert "×40" in each.finding.arithmetic[0].en


def test_the_h800_until_october_or_november_2023(dossier: Dossier) -> None:
    each = one(dossier, "control_status", "nvidia-h800-sxm")
    assert each.finding.status == "holds"
    assert "2023-10-22" in each.finding.why.en
    assert "2023-11-17" in each.finding.why.en


def test_zhipu_was_first_only_of_its_kind(dossier: Dossier) -> None:
    each = one(dossier, "listing", "zhipu", "entity_list")
    assert each.finding.status == "qualified"
    assert any(
        evidence.day == dt.date(2025, 1, 16) and "90 FR 4617" in evidence.source for evidence in each.finding.evidence
    )
    assert any(evidence.day == dt.date(2019, 10, 9) for evidence in each.finding.evidence)


def test_the_data_rule(dossier: Dossier) -> None:
    each = one(dossier, "effective_date", "doj_data_rule")
    assert each.finding.status == "contradicted"
    assert "2025-04-08" in each.finding.why.en
    assert "2024-12-27" in each.finding.arithmetic[0].en
    assert one(dossier, "requirement", topic="dsp_directly").finding.status == "qualified"


@pytest.mark.parametrize(
    ("topic", "status"),
    [
        ("ieepa_apps_berman", "qualified"),
        ("open_source_outside", "holds"),
        ("pafaca_reaches_app", "qualified"),
        ("icts_reaches_app", "qualified"),
        ("distillation_from_us_models", "allegation"),
        ("deepseek_chips_violate", "allegation"),
        ("code_is_speech", "qualified"),
    ],
)
def test_known_statements(dossier: Dossier, topic: str, status: str) -> None:
    each = one(dossier, "requirement", topic=topic)
    assert each.finding.status == status
    assert each.finding.evidence


def test_github(dossier: Dossier) -> None:
    each = one(dossier, "event", "github_sanctions")
    assert each.finding.status == "holds"
    assert each.claim.fields["date"].earliest == dt.date(2019, 7, 1)
    assert one(dossier, "event", "github_ofac_license").finding.status == "holds"


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("restrict_apps", "not_so_far"),
        ("restrict_platforms", "not_so_far"),
        ("restrict_open_models", "not_so_far"),
        ("list_more", "borne_out"),
    ],
)
def test_predictions(dossier: Dossier, what: str, status: str) -> None:
    found = [each for each in dossier.claims if each.claim.kind == "prediction" and each.claim.fields["what"] == what]
    assert [each.finding.status for each in found] == [status]
    assert found[0].finding.amendment


def test_speakers_are_told_apart(dossier: Dossier) -> None:
    said = {each.claim.topic: each.claim.speaker for each in dossier.claims if each.claim.topic}
    assert said["distillation_from_us_models"] == said["deepseek_chips_violate"] == "joshua_kushner"


def test_what_held_is_apart_from_what_came_later(dossier: Dossier) -> None:
    last = dossier.reading.dating.interval.latest
    assert last is not None
    for each in dossier.claims:
        assert all(evidence.day is None or evidence.day > last for evidence in each.finding.later)


def test_only_short_quotations(dossier: Dossier) -> None:
    from tidewaiter.faces.pages.article import article_page
    from tidewaiter.faces.pages.files import html_page
    from tidewaiter.faces.pages.words import Words

    page = html_page(article_page(dossier, Words("zh")), "x", "zh")
    for line in dossier.reading.article.lines:
        for start in range(0, len(line.text) - 100, 50):
            assert line.text[start : start + 100] not in page
