"""An overlay that binds somebody is bound by the fact of the question that knows this somebody."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.library.small import HEAD, SMALL, told, with_files

from tidewaiter.engine.facts import Instance
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.vocabulary import ROOT
from tidewaiter.library.addressees import addressee_facts, addressee_of
from tidewaiter.library.loader import read_law
from tidewaiter.library.snapshots import Snapshots

__all__: list[str] = []

PLATFORM = "  platform: {type: code, values: [forge, none], title: {en: Platform, zh: 平台}}\nrelations:"
TWO = {
    "vocabulary/transaction.yaml": SMALL["vocabulary/transaction.yaml"].replace("relations:", PLATFORM, 1),
    "questions/hosting.yaml": "question: hosting\naddressee_fact: platform\n",
}
OVERLAY = f"""overlay: own_license
layer: addressee
title: {{en: License, zh: 许可}}
{HEAD.replace("    ", "")}
from: 2024-06-01
binds: WHOM
adds: {{heavy: {{when: weight >= 20}}}}
"""


@pytest.mark.parametrize(("whom", "fact"), [("acme", "exporter"), ("forge", "platform")])
def test_each_question_names_its_own_addressee(whom: str, fact: str) -> None:
    law = read_law(with_files(TWO, {"overlays/own.yaml": OVERLAY.replace("WHOM", whom)}))
    assert addressee_facts(law) == ("exporter", "platform")
    assert addressee_of(law, law.overlays[0]) == fact
    program = Snapshots(law).at(dt.date(2024, 7, 1), "addressee")
    facts = {"exporter": "acme", "platform": "forge"}
    assert Reference(program, Instance(ROOT, {"weight": 30.0, **facts})).value("heavy") is True
    facts[fact] = "other" if fact == "exporter" else "none"
    assert Reference(program, Instance(ROOT, {"weight": 30.0, **facts})).value("heavy") is False


def test_an_addressee_of_two_facts_is_a_fault() -> None:
    both = {name: text.replace("forge", "acme") for name, text in TWO.items()}
    said = told(both, {"overlays/own.yaml": OVERLAY.replace("WHOM", "acme")})
    assert "a code of exporter and of platform" in said


def test_an_addressee_that_no_question_knows_is_a_fault() -> None:
    said = told(TWO, {"overlays/own.yaml": OVERLAY.replace("WHOM", "forgo")})
    assert "no code of exporter, platform" in said
    assert "forge" in said
