"""The sections in scope: every citation falls into one, and what a section claims is true of the law."""

from __future__ import annotations

import re

import pytest

from tidewaiter.base.wording import wording
from tidewaiter.library.documents import read_document
from tidewaiter.library.loader import load_law
from tidewaiter.library.scope import STATUSES, citations, covered, naming, read_scope

__all__: list[str] = []

SECTION_NUMBER = re.compile(r"(?<![\d.])\d{1,4}\.\d{1,4}(?![\d.])")
CODES = re.compile(r"\d+ CFR")
TEXT = """
scope: toy
title: {en: Toy law, zh: 玩具法}
source: the toy book
checked: 2026-01-02
sections:
- {section: 15 CFR 734.3, title: {en: Three, zh: 三}, status: encoded}
- section: 15 CFR part 740 Supp. No. 5
  title: {en: Five, zh: 五}
  status: partly
  reason: {en: So., zh: 如此。}
  confidence: low
- section: Two acts
  title: {en: Acts, zh: 法}
  status: left_out
  reason: {en: So., zh: 如此。}
  confidence: high
  named: ["1701", part 744]
"""


def test_every_citation_falls_into_a_section() -> None:
    scope = load_law().scope
    lost = []
    for citation, where in citations(load_law()).items():
        parts = [part for part in citation.split("; ") if part]
        if CODES.search(citation):
            parts += SECTION_NUMBER.findall(citation)
        lost += [f"{part!r} of {citation!r}, in {where[0]}" for part in parts if not naming(part, scope)]
    assert not lost, "\n".join(lost)


def test_what_is_called_encoded_has_provisions_and_no_omission() -> None:
    found = covered(load_law())
    bare = [
        each.section.name
        for each in found
        if each.section.status == "encoded" and not (each.provisions or each.groups or each.overlays)
    ]
    omitted = [each.section.name for each in found if each.section.status == "encoded" and each.left_out]
    assert not bare, bare
    assert not omitted, omitted


def test_what_is_partly_encoded_is_in_the_law_and_says_why() -> None:
    for each in covered(load_law()):
        if each.section.status == "partly":
            assert each.provisions or each.groups or each.overlays, each.section.name
        if each.section.status != "encoded":
            assert all((each.section.reason.en, each.section.reason.zh)), each.section.name


def test_every_section_is_checked_sourced_and_named_in_both_languages() -> None:
    found = covered(load_law())
    assert len({each.section.name for each in found}) == len(found)
    for each in found:
        assert all((each.checked, each.sources, each.confidence)), each.section.name
        assert all((each.section.title.en, each.section.title.zh)), each.section.name


def test_every_omission_falls_into_a_section_that_is_not_called_whole() -> None:
    scope = [each for each in load_law().scope if each.status != "encoded"]
    lost = [wording(each["what"]).en for each in load_law().not_encoded if not naming(str(each["citation"]), scope)]
    assert not lost, "\n".join(lost)


def test_citations_name_sections_by_number_range_part_and_supplement() -> None:
    document = read_document("toy.yaml", TEXT)
    three, five, acts = read_scope(document)
    assert not document.faults
    scope = (three, five, acts)
    assert naming("15 CFR 734.3(b)(3), 734.7", scope) == (three,)
    assert naming("15 CFR 734.1 to 734.8", scope) == (three,)
    assert naming("15 CFR 734.30", scope) == ()
    assert naming("Supp. No. 5 to 15 CFR part 740", scope) == (five,)
    assert naming("Supplements No. 4 and 5 to part 740", scope) == (five,)
    assert naming("part 740 Supp. No. 55", scope) == ()
    assert naming("15 CFR parts 742, 744 and 746", scope) == (acts,)
    assert naming("15 CFR parts 742 to 746", scope) == (acts,)
    assert naming("part 744 Supp. No. 4", scope) == ()
    assert naming("50 USC 1701, 1702", scope) == (acts,)


@pytest.mark.parametrize(
    ("written", "changed", "said"),
    [
        ("status: encoded", "status: whole", "is none of"),
        ("  reason: {en: So., zh: 如此。}\n  confidence: low", "  confidence: low", "'reason' is missing"),
        ("source: the toy book\n", "", "'source' is missing"),
        ("checked: 2026-01-02", "checked: lately", "is no date"),
        ("confidence: high", "confidence: sure", "is none of"),
    ],
)
def test_faults_of_a_scope_file_are_told(written: str, changed: str, said: str) -> None:
    document = read_document("toy.yaml", TEXT.replace(written, changed, 1))
    list(read_scope(document))
    assert any(said in fault.what for fault in document.faults), document.faults


def test_each_body_of_law_has_sections_of_more_than_one_status() -> None:
    by_regime: dict[str, set[str]] = {}
    for each in load_law().scope:
        by_regime.setdefault(each.regime, set()).add(each.status)
    assert set.union(*by_regime.values()) == set(STATUSES)
    assert sum(len(found) > 1 for found in by_regime.values()) >= 6
