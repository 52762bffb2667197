"""The code knows no law: nothing that law files decide stands in Python."""

from __future__ import annotations

import pytest
from tests.house.law_in_code import ALSO_ELSEWHERE, law_in
from tests.house.law_words import collect, is_distinctive, law_words
from tests.house.report import no_faults
from tests.house.source import modules, parse, room

from tidewaiter.base.yaml import load_yaml

__all__: list[str] = []

PROVISION = """
decides: ic.listed
versions:
  - {from: 2022-10-21, checked: 2026-11-23, when: rate >= 600 and tpp >= 4800}
  - from: 2023-11-17
    cases:
      - {when: tpp >= 1600 and density >= 5.92, value: low}
      - {when: 'spent <= 26_900_000 and day < date(2025, 1, 13)', value: high}
    readings: {wide: {when: flops > 1e26}, default: wide}
"""
VOCABULARY = """
subject: ic
facts:
  tpp: {type: number}
  name: {type: text}
"""
TRANSACTION = """
subject: transaction
facts:
  destination: {type: code, values: country}
  purpose_code: {type: code, values: {plain: {en: a}, military_use: {en: b}}}
"""
GROUP = """
group: D5
domain: country
versions: [{from: 2022-01-01, set: [CN, BY, MO]}]
"""
WORDS = collect(load_yaml(text, "planted") for text in (PROVISION, VOCABULARY, TRANSACTION, GROUP))


def found(text: str) -> str:
    return "\n".join(law_in(parse("tidewaiter.engine.planted", text), WORDS))


def test_the_words_of_planted_law_are_collected() -> None:
    assert {4800.0, 1600.0, 5.92, 26_900_000.0, 1e26} <= WORDS.thresholds
    assert not {600.0, 2025.0, 13.0} & WORDS.thresholds
    assert {"ic.listed", "ic.tpp", "destination"} <= WORDS.terms
    assert {"CN", "MO"} <= WORDS.countries
    assert {day.isoformat() for day in WORDS.dates} == {"2022-01-01", "2022-10-21", "2023-11-17", "2025-01-13"}


@pytest.mark.parametrize(
    "text",
    [
        "LIMIT = 4800",
        "f(x, 4_800.0)",
        "ok = density >= 5.92",
        "cap = 269 * 10**5",
        "big = 1e26",
        "big = 10**26",
        "ok = chip.tpp >= 600",
        "ok = facts['ic.tpp'] > 50",
        "if destination == 'CN': pass",
        "ok = place in ('MO', 'CN')",
        "ok = place in frozenset({'MO'})",
        "tables = {'CN': 1}",
        "match place:\n    case 'CN': pass",
        "rows = group('D5')",
        "answer = 'license_required'",
        "def f(x: Literal['prohibited']): ...",
        "value = program.value('ic.listed')",
        "value = facts.get('destination')",
        "value = facts['destination']",
        "kind = ('military_use',)",
        "if purpose == 'plain': pass",
        "start = dt.date(2023, 11, 17)",
        "start = '2022-10-21'",
        "text = f'see 88 FR 73458, {x}'",
        "text = '15 CFR part 744'",
        "text = '15 CFR § 742.6'",
        "text = 'as 3A090 says'",
    ],
)
def test_planted_law_is_found(text: str) -> None:
    assert found(text), text


@pytest.mark.parametrize(
    "text",
    [
        '"""As in 88 FR 73458: 4800."""',
        "LIMIT = 100_000",
        "timeout = 600",
        "size = 4096",
        "share = 0.5",
        "day = dt.date(2024, 2, 29)",
        "order = text.split('CN')",
        "if keyword == 'BY': pass",
        "if tpp >= 0: pass",
        "from x import destination",
        "name = 'destination'",
        "rule = re.compile(r'\\d+ FR \\d+')",
    ],
)
def test_ordinary_code_passes(text: str) -> None:
    assert not found(text), text


def test_numbers_that_code_may_use() -> None:
    assert all(map(is_distinctive, (4800, 5.92, 1.6, 3.2, 790_000_000, 1e26, 101, 1234)))
    assert not any(map(is_distinctive, (0, 1, 2, 10, 12, 25, 100, 120, 600, 1000, 4000, 1024, 1e6, 1e9, 0.5)))


def test_every_word_allowed_elsewhere_says_in_what_sense() -> None:
    assert len(ALSO_ELSEWHERE) <= 20
    assert all(ALSO_ELSEWHERE.values())


def test_the_words_of_the_real_law_are_collected() -> None:
    words = law_words()
    if "ic.eccn_3a090_a" not in words.terms:
        pytest.skip("the chip regime is not encoded yet")
    assert {4800.0, 1600.0, 2400.0, 5.92, 1.6, 3.2} <= words.thresholds
    assert {"CN", "MO", "IR"} <= words.countries
    assert {"D5", "A5"} <= words.groups
    assert {"2022-10-21", "2023-11-17"} <= {day.isoformat() for day in words.dates}
    assert words.outcomes & words.codes


def test_no_law_in_code() -> None:
    words = law_words()
    assert words.terms
    no_faults(fault for module in modules() if room(module.name) != "law" for fault in law_in(module, words))
