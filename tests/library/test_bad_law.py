"""Bad law is refused with place and remedy, all faults at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.library.small import HEAD, SMALL, faults_of, told, with_files

from tidewaiter.base.errors import LimitExceeded
from tidewaiter.base.yaml import load_yaml
from tidewaiter.library.loader import read_law
from tidewaiter.library.snapshots import Snapshots

HEAVY, NEAR = "rules/heavy.yaml", "groups/near.yaml"
Changes = dict[str, str | None]


def spoilt(name: str, old: str, new: str) -> Changes:
    """A file of the small law with one text replaced."""
    assert old in SMALL[name]
    return {name: SMALL[name].replace(old, new)}


def test_the_small_law_is_good() -> None:
    assert set(read_law(SMALL).provisions) == {"heavy", "party.owned", "outcome"}


FAULTY = load_yaml(Path(__file__).with_name("bad_law.yaml").read_text(encoding="utf-8"), "bad_law.yaml")
"""Cases: the files laid over the small law (none: left out), and what must be said."""


@pytest.mark.parametrize("case", FAULTY, ids=[each["case"] for each in FAULTY])
def test_bad_law_is_refused(case: dict[str, Any]) -> None:
    assert case["said"] in told(case["files"])


def test_six_faults_of_one_file_at_once() -> None:
    text = f"""decides: heavy
tittle: {{en: Heavy, zh: 重}}
title: {{en: Heavy, zh: 重}}
citation: section 1
versions:
  - from: 2022-01-01
    source: ACT
    confidence: certain
    checked: 2026-01-01
    when: wieght >= 50
    unless: [destination in naer]
    end: never
  - from: 2021-01-01
    {HEAD}
    when: weight >= destination
"""
    places = {fault.where for fault in faults_of(with_files({HEAVY: text}))}
    assert places == {f"rules/heavy.yaml:{at}" for at in ("2:9", "8:17", "10:11", "11:29", "12:10", "13:5", "17:11")}


def test_faults_of_several_files_at_once() -> None:
    said = told(spoilt(HEAVY, "weight", "wieght"), spoilt(NEAR, "MO", "XX"), {"rules/odd.yaml": "a: [1\n"})
    assert {line.split(":")[0] for line in said.split("\n")} == {HEAVY, NEAR, "rules/odd.yaml"}


def test_no_and_on_stay_text() -> None:
    codes = (
        "domain: country\ncodes:\n  NO: {en: Norway, zh: 挪威}\n  on: On\n  yes: Yes\n  CN: China\n  HK: x\n  MO: y\n"
    )
    law = read_law(with_files({"vocabulary/country.yaml": codes}, spoilt(NEAR, "add: [MO]", "add: [NO, on, yes]")))
    program = Snapshots(law).at(dt.date(2024, 1, 1))
    assert set(law.vocabulary.domains["country"].codes) == {"NO", "on", "yes", "CN", "HK", "MO"}
    assert program.groups["near"] == {"CN", "HK", "NO", "on", "yes"}


DEEP = ["[" * 50_000, "- " * 50_000, "? " * 50_000, "{a: " * 5000, "\n".join(" " * i + "a:" for i in range(3000))]


@pytest.mark.parametrize("text", DEEP, ids=range(len(DEEP)))
def test_a_bottomless_document_is_no_crash(text: str) -> None:
    with pytest.raises(LimitExceeded, match="nested too deeply"):
        read_law(with_files({"rules/odd.yaml": text}))


def test_a_reading_of_settled_law_changes_nothing() -> None:
    snapshots = Snapshots(read_law(SMALL))
    plain, chosen = snapshots.at(dt.date(2023, 1, 1)), snapshots.at(dt.date(2023, 1, 1), "text", {"heavy": "nothing"})
    assert plain.definitions["heavy"].node == chosen.definitions["heavy"].node
