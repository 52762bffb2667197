"""What the law language refuses, word for word: place, what is wrong, what would be right."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from tests.engine.toy import TPP, read

from tidewaiter.base.errors import LawFaults
from tidewaiter.engine.syntax import MAX_CHARACTERS, MAX_DEPTH
from tidewaiter.engine.types import BOOLEAN, DATE, Type, code, numeric
from tidewaiter.engine.vocabulary import ROOT

REFUSED: list[tuple[object, str, Type]] = [
    ("license_held and embargoed or quantity > 3", ROOT, BOOLEAN),
    ("quantity > 3 or license_held and embargoed", ROOT, BOOLEAN),
    ("any(ics, data_center or tpp > 1 and tpp < 2)", ROOT, BOOLEAN),
    ("licence_held", ROOT, BOOLEAN),
    ("tpp >= 4800", ROOT, BOOLEAN),
    ("destination == CM", ROOT, BOOLEAN),
    ("destination == export", ROOT, BOOLEAN),
    ("destination in D6", ROOT, BOOLEAN),
    ("destination in kinds", ROOT, BOOLEAN),
    ("destination in {CN, XX}", ROOT, BOOLEAN),
    ("destination in CN", ROOT, BOOLEAN),
    ("quantity in {1, 2}", ROOT, BOOLEAN),
    ("destination > CN", ROOT, BOOLEAN),
    ("destination == kind", ROOT, BOOLEAN),
    ("CN == MO", ROOT, BOOLEAN),
    ("tpp >= die_area", "ic", BOOLEAN),
    ("tpp + die_area > 3", "ic", BOOLEAN),
    ("if_else(license_held, 0, tpp) >= die_area", "ic", BOOLEAN),
    ("first(0, tpp) >= die_area", "ic", BOOLEAN),
    ("tpp / die_area", "ic", TPP),
    ("tpp", "ic", BOOLEAN),
    ("license_held", ROOT, numeric()),
    ("license_held == true", ROOT, BOOLEAN),
    ("license_held > 3", ROOT, BOOLEAN),
    ("quantity == 'many'", ROOT, BOOLEAN),
    ("buyer > 'Acme'", ROOT, BOOLEAN),
    ("signed + 25 > as_of", ROOT, BOOLEAN),
    ("signed >= 20250113", ROOT, BOOLEAN),
    ("signed >= '2025-01-13'", ROOT, BOOLEAN),
    ("date(2025, 2, 30)", ROOT, DATE),
    ("date(2025, quantity, 1)", ROOT, DATE),
    ("add_days(signed, tpp) > as_of", "ic", BOOLEAN),
    ("add_months(signed, quantity) > as_of", ROOT, BOOLEAN),
    ("add_months(signed, 1.5) > as_of", ROOT, BOOLEAN),
    ("add_months(signed, 120000) > as_of", ROOT, BOOLEAN),
    ("year(quantity) == 2025", ROOT, BOOLEAN),
    ("quantity is None", ROOT, BOOLEAN),
    ("lambda: license_held", ROOT, BOOLEAN),
    ("destination.upper() == CN", ROOT, BOOLEAN),
    ("[x for x in ics]", ROOT, BOOLEAN),
    ("license_held if embargoed else true", ROOT, BOOLEAN),
    ("(x := 3) > 2", ROOT, BOOLEAN),
    ("f'{destination}' == CN", ROOT, BOOLEAN),
    ("__import__('os')", ROOT, BOOLEAN),
    ("anny(ics, data_center)", ROOT, BOOLEAN),
    ("any(chips, data_center)", ROOT, BOOLEAN),
    ("any(peaks, bits == 8)", ROOT, BOOLEAN),
    ("any(ics, data_center, tpp > 1)", ROOT, BOOLEAN),
    ("any(ics, data_center, per=tpp)", ROOT, BOOLEAN),
    ("any(*ics)", ROOT, BOOLEAN),
    ("any(**ics)", ROOT, BOOLEAN),
    ("any(ics, data_center, where=tpp > 1, where=tpp > 2)", ROOT, BOOLEAN),
    ("sum(ics)", ROOT, numeric()),
    ("sum(ics, data_center)", ROOT, numeric()),
    ("sum(parties, headquarters)", ROOT, numeric()),
    ("max(ics, tpp, per=data_center)", ROOT, TPP),
    ("established(quantity)", ROOT, BOOLEAN),
    ("known(quantity, license_held)", ROOT, BOOLEAN),
    ("known(x=quantity)", ROOT, BOOLEAN),
    ("first(quantity)", ROOT, numeric()),
    ("first(quantity, tpp)", "ic", TPP),
    ("if_else(quantity, 1, 2)", ROOT, numeric()),
    ("if_else(license_held, 1, CN)", ROOT, numeric()),
    ("treated_like[destination] == CN", ROOT, BOOLEAN),
    ("treated_as[kind] == CN", ROOT, BOOLEAN),
    ("quantity ** 2 > 4", ROOT, BOOLEAN),
    ("quantity % 2 == 1", ROOT, BOOLEAN),
    ("-quantity > 2", ROOT, BOOLEAN),
    ("quantity > 1j", ROOT, BOOLEAN),
    ("quantity > 1e999", ROOT, BOOLEAN),
    ("quantity > 1" + "0" * 400, ROOT, BOOLEAN),
    ("quantity > None", ROOT, BOOLEAN),
    ("quantity > ", ROOT, BOOLEAN),
    ("(license_held", ROOT, BOOLEAN),
    ("license_held; embargoed", ROOT, BOOLEAN),
    ("", ROOT, BOOLEAN),
    (None, ROOT, BOOLEAN),
    (["license_held"], ROOT, BOOLEAN),
    ("XX", ROOT, code("country")),
    ("licence_held or embargo or quantity > many", ROOT, BOOLEAN),
]


def told(text: object, subject: str = ROOT, expect: Type = BOOLEAN) -> str:
    with pytest.raises(LawFaults) as caught:
        read(text, subject, expect)
    return str(caught.value)


def test_refusals_word_for_word() -> None:
    """The texts stand in `parser_errors.txt`, one block for each expression above, in order."""
    blocks = [f"> {str(text)[:80]}\n{told(text, subject, expect)}" for text, subject, expect in REFUSED]
    expected = Path(__file__).with_name("parser_errors.txt").read_text(encoding="utf-8")
    assert "\n\n".join(blocks) + "\n" == expected


@pytest.mark.parametrize("text", [each[0] for each in REFUSED], ids=lambda text: str(text)[:60])
def test_every_refusal_says_where(text: object) -> None:
    subject, expect = next((each[1], each[2]) for each in REFUSED if each[0] is text)
    for line in told(text, subject, expect).split("\n"):
        assert line.startswith("toy.yaml:7:")


def test_all_faults_of_one_expression() -> None:
    assert told("licence_held or embargo or quantity > many").count("toy.yaml:7:") == 3


def test_columns_point_at_the_fault() -> None:
    assert told("license_held or embargo").startswith("toy.yaml:7:27: 'embargo'")
    assert told("license_held and embargoed or quantity > 3").startswith("toy.yaml:7:38: 'and' and 'or'")


def test_too_long() -> None:
    assert "at most 10000" in told("license_held or " * (MAX_CHARACTERS // 16 + 1) + "embargoed")


@pytest.mark.parametrize(
    "text",
    [
        "not " * (MAX_DEPTH + 1) + "license_held",
        "not " * 2400 + "license_held",
        "(" * 150 + "license_held" + ")" * 150 + " and " + "not " * 70 + "embargoed",
        "(" * 4000 + "license_held" + ")" * 4000,
        "quantity > " + "1 + " * 2000 + "1",
        "quantity > " + "-" * 3000 + "1",
        "a" + ".b" * 3000,
        "any(ics, " * 500 + "data_center" + ")" * 500,
        "{" * 3000,
    ],
    ids=range(9),
)
def test_too_deep(text: str) -> None:
    message = told(text)
    assert "nested" in message or "is no expression" in message


def test_as_deep_as_allowed() -> None:
    read("not " * (MAX_DEPTH - 1) + "license_held")


@pytest.mark.parametrize(
    "text", ["license_held\0", "license_held\t or\tembargoed", "ｌicense_held", "许可", "\ud800", "\f", "#"]
)
def test_odd_characters_never_crash(text: str) -> None:
    with contextlib.suppress(LawFaults):
        assert read(text) is not None
