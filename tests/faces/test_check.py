"""`tidewaiter check`: answers, exit codes, JSON, layers, profiles, languages."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from tests.faces.running import cli

__all__: list[str] = []

Capture = pytest.CaptureFixture[str]
H20 = ("check", "--item", "H20", "--to", "CN", "--exporter", "nvidia")


def test_a_letter_decides_for_its_addressee(capsys: Capture) -> None:
    done = cli(capsys, *H20, "--on", "2025-05-01")
    assert done.code == 1
    assert done.out.startswith("License required — For this exporter\n")
    assert "BIS letter to NVIDIA" in done.out
    assert "THE LAYERS OF LAW DIFFER" in done.out
    assert "[4,000 GB/s]" in done.out
    assert "Not legal advice." in done.out
    assert not done.err


def test_the_day_before_the_letter_is_clear(capsys: Capture) -> None:
    done = cli(capsys, *H20, "--on", "2025-04-08")
    assert done.code == 0
    assert done.out.startswith("No license required — As enforced\n")
    assert "DIFFER" not in done.out


@pytest.mark.parametrize(
    ("layer", "code", "outcome"),
    [
        ("text", 1, "license_required"),
        ("enforced", 0, "no_license_required"),
        ("strictest", 1, "license_required"),
    ],
)
def test_a_layer_can_be_chosen(capsys: Capture, layer: str, code: int, outcome: str) -> None:
    done = cli(
        capsys, "check", "--item", "8x H200 server", "--to", "DE", "--end-user-hq", "DE", "--on", "2026-11-01",
        "--layer", layer, "--json",
    )  # fmt: skip
    assert done.code == code == done.data["exit_code"]
    assert done.data["outcome"] == outcome
    assert done.data["differing"]


def test_strict_assumes_nothing_and_says_what_it_waits_for(capsys: Capture) -> None:
    done = cli(capsys, "check", "--strict", "--item", "H20", "--to", "CN", "--on", "2025-05-01", "--json")
    assert done.code == 3
    assert done.data["outcome"] == "undetermined"
    assert done.data["assumptions"] == []
    assert done.data["missing"]
    assert done.data["to_clearance"]
    page = cli(capsys, "check", "--strict", "--item", "H20", "--to", "CN", "--on", "2025-05-01")
    assert page.code == 3
    assert "What remains to be shown to clear" in page.out
    assert "none: --strict" in page.out


def test_every_assumption_is_shown_as_a_question_with_the_proof(capsys: Capture) -> None:
    data = cli(capsys, *H20, "--on", "2025-05-01", "--json").data
    page = cli(capsys, *H20, "--on", "2025-05-01", "--proof").out
    asked = {each["ask"]["en"] for each in data["assumptions"]}
    assert len(asked) > 10
    assert all(ask in page for ask in asked)
    assert "\nProof\n" in page


def test_the_json_form_is_one_object_with_a_version(capsys: Capture) -> None:
    data = cli(capsys, *H20, "--on", "2025-05-01", "--json").data
    assert list(data)[:3] == ["schema_version", "question", "on"]
    assert data["on"] == "2025-05-01"
    assert data["title"] == {"en": "License required", "zh": "需要许可"}
    assert [each["layer"] for each in data["layers"]] == ["text", "enforced", "addressee"]
    assert "proof" not in data["layers"][0]
    assert all(set(each) == {"term", "about", "value", "ask", "who", "profile"} for each in data["assumptions"])
    assert len(data["law_digest"]) == 64


def test_json_keeps_chinese_as_it_is(capsys: Capture) -> None:
    assert "需要许可" in cli(capsys, *H20, "--on", "2025-05-01", "--json").out


def test_the_proof_in_json_is_a_tree_with_citations(capsys: Capture) -> None:
    data = cli(capsys, *H20, "--on", "2025-05-01", "--json", "--proof").data
    root = data["layers"][2]["proof"]
    assert root["kind"] == "provision"
    assert root["value"] == "license_required"
    assert root["citation"]["instruments"]
    assert root["children"]


def test_the_same_question_twice_gives_the_same_bytes(capsys: Capture) -> None:
    arguments = (*H20, "--on", "2025-05-01", "--json", "--proof")
    assert cli(capsys, *arguments).out == cli(capsys, *arguments).out


def test_chinese_pages_are_chinese(capsys: Capture) -> None:
    done = cli(capsys, *H20, "--on", "2025-05-01", "--lang", "zh")
    assert done.out.startswith("需要许可 — 对该出口商\n")
    for word in ("法律各层面", "归类", "许可要求", "许可例外", "假定", "来源", "不构成法律意见"):
        assert word in done.out or word == "法律各层面"
    for word in ("Classification (", "Why", "not verified", "Sources", "weakest"):
        assert word not in done.out


@pytest.mark.parametrize("country", ["China", "CN", "中国", "china"])
def test_countries_may_be_named(capsys: Capture, country: str) -> None:
    done = cli(capsys, "check", "--item", "A100", "--to", country, "--on", "2023-03-01")
    assert done.code == 1
    assert "Destination China (CN)" in done.out


def test_intervals_and_any_fact_can_be_stated(capsys: Capture) -> None:
    done = cli(
        capsys, "check", "--item", "H20", "--to", "CN", "--on", "2025-01-28", "--die-area", "800..820",
        "--fact", "quantity=8", "--fact", "party.headquarters=CN", "--json",
    )  # fmt: skip
    facts = done.data["facts"]
    assert facts["ics"][0]["die_area"] == {"at_least": 800, "at_most": 820}
    assert facts["quantity"] == 8
    assert facts["parties"]["rows"] == [{"role": "end_user", "headquarters": "CN"}]


def test_today_is_the_default_date(capsys: Capture) -> None:
    assert cli(capsys, "check", "--item", "A100", "--to", "CN", "--json").data["on"] == dt.date.today().isoformat()


def test_help_lists_the_options_of_the_law(capsys: Capture) -> None:
    done = cli(capsys, "check", "--help")
    assert done.code == 0
    for option in ("--to COUNTRY", "--end-user-hq", "--die-area", "--exporter nvidia|amd|intel|other"):
        assert option in done.out


def test_output_to_a_pipe_has_no_colors_and_no_boxes(capsys: Capture) -> None:
    done = cli(capsys, *H20, "--on", "2025-05-01", "--proof")
    assert "\x1b" not in done.out
    assert not set(done.out) & set("│╭─╮├└")


def test_json_faults_are_an_object_too(capsys: Capture) -> None:
    done = cli(capsys, "check", "--item", "nonsense 99", "--json")
    assert done.code == 2
    assert json.loads(done.out)["faults"][0]["where"] == "item"
    assert done.err
