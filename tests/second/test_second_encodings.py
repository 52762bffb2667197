"""The most decisive provisions, encoded a second time from the law alone: Z3 finds no facts on which the two differ.

Each file of `encodings` decides a term that the shipped law decides too, and was written without sight of that
provision. On the first and last day of every state of either, under every reading that they share, the shipped
program is compared with the same program in which the second definition stands instead. What was found so, and how it
was settled, stands in `settled.md`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tidewaiter.engine.program import Program
from tidewaiter.engine.solve import Bounds, equivalent
from tidewaiter.library.checks import check_law
from tidewaiter.library.documents import read_document
from tidewaiter.library.loader import build_law, load_law, shipped_texts
from tidewaiter.library.model import Law, Provision
from tidewaiter.library.snapshots import Snapshots

pytest.importorskip("z3")

__all__: list[str] = []

ENCODINGS = Path(__file__).parent / "encodings"
TERMS = sorted(path.stem for path in ENCODINGS.glob("*.yaml"))
OVERLAYS = sorted(path.stem for path in (ENCODINGS / "overlays").glob("*.yaml"))
LEAST = 30
DAY = dt.timedelta(days=1)
LATE = (dt.date(2026, 7, 10), dt.date(2026, 11, 23))
"""Days after changes of country groups, on which every term is compared too."""
BOUNDS = Bounds(rows=2, depth=2, seconds=20)


@cache
def shipped() -> Snapshots:
    """The law as it ships."""
    return Snapshots(load_law())


@cache
def second_law() -> Law:
    """The shipped law with every second encoding in the place of the first."""
    texts = {name: text for name, text in shipped_texts().items() if name not in _replaced()}
    texts |= {f"second/{term}.yaml": (ENCODINGS / f"{term}.yaml").read_text(encoding="utf-8") for term in TERMS}
    law, faults = build_law([read_document(name, text) for name, text in texts.items()], "second")
    assert not faults, "\n".join(map(str, faults))
    return law


def _replaced() -> set[str]:
    provisions = load_law().provisions
    return {f"{provisions[term].name}.yaml" for term in TERMS}


def with_second(key: str, text: str) -> Law:
    """The shipped law with another encoding of one overlay."""
    (name,) = (each.name for each in load_law().overlays if each.key == key)
    texts = {file: each for file, each in shipped_texts().items() if file != f"{name}.yaml"}
    law, faults = build_law(
        [read_document(file, each) for file, each in {**texts, "second/overlay.yaml": text}.items()], ""
    )
    assert not faults, "\n".join(map(str, faults))
    return law


def differences(key: str, text: str) -> Iterator[str]:
    """Where another encoding of an overlay decides a term that either touches differently, on any day of change."""
    law = with_second(key, text)
    (first,) = (each for each in load_law().overlays if each.key == key)
    (second,) = (each for each in law.overlays if each.key == key)
    assert (first.layer, first.binds) == (second.layer, second.binds)
    again = Snapshots(law)
    changes = (day for each in (first, second) for day in (each.start, each.stop) if day)
    for day in sorted({each for change in changes for each in (change - DAY, change)}):
        for term in sorted({*first.replaces, *first.adds, *second.replaces, *second.adds}):
            program, other = shipped().at(day, first.layer), again.at(day, first.layer)
            answer = equivalent(program, other, term, bounds=BOUNDS)
            if answer.verdict != "none":
                yield f"{key}: {term} on {day}: first, second = {answer.values}: {answer}"


def first_and_second(term: str) -> tuple[Provision, Provision]:
    """A term as it ships and as it was encoded again."""
    return shipped().law.provisions[term], second_law().provisions[term]


def days(first: Provision, second: Provision) -> list[dt.date]:
    """Every day on which either changes, the day before, and two late ones."""
    changes = {day for each in (first, second) for version in each.versions for day in (version.start, version.stop)}
    return sorted({*LATE, *(day for change in changes if change for day in (change - DAY, change))})


def readings(first: Provision, second: Provision) -> Iterator[dict[str, str]]:
    """The default readings, and every other that both have."""
    yield {}
    names = [{each.name for version in one.versions for each in version.readings} for one in (first, second)]
    yield from ({first.term: name} for name in sorted(names[0] & names[1]))


def programs(term: str) -> Iterator[tuple[str, Program, Program]]:
    """The shipped program of a day and the one with the second definition in place."""
    first, second = first_and_second(term)
    again = Snapshots(replace(shipped().law, provisions={**shipped().law.provisions, term: second}))
    for day in days(first, second):
        for chosen in readings(first, second):
            yield f"{day} {chosen or ''}".strip(), shipped().at(day, readings=chosen), again.at(day, readings=chosen)


@pytest.mark.parametrize("term", TERMS)
def test_second_encoding_agrees(term: str) -> None:
    found = []
    for when, program, other in programs(term):
        if program.definition(term).node == other.definition(term).node:
            continue
        answer = equivalent(program, other, term, bounds=BOUNDS)
        if answer.verdict != "none":
            found.append(f"{term} on {when}: first, second = {answer.values}: {answer}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("term", "written", "changed"),
    [
        ("ic.eccn_3a090_a", "tpp >= 4800", "tpp > 4800"),
        ("hbm_item_eligible", ">= 3.3", "> 3.3"),
        ("party.data_covered_person", ">= 50)", "> 50)"),
        ("app_bite_date", "270 +", "271 +"),
        ("affiliates_rule_in_force", "from: 2025-11-10", "from: 2025-11-11"),
    ],
)
def test_a_small_difference_is_found(term: str, written: str, changed: str) -> None:
    text = (ENCODINGS / f"{term}.yaml").read_text(encoding="utf-8")
    assert written in text
    texts = {name: each for name, each in shipped_texts().items() if name != f"{load_law().provisions[term].name}.yaml"}
    texts["second/changed.yaml"] = text.replace(written, changed)
    law, faults = build_law([read_document(name, each) for name, each in texts.items()], "changed")
    assert not faults
    first, other = load_law().provisions[term], law.provisions[term]
    again = Snapshots(replace(load_law(), provisions={**load_law().provisions, term: other}))
    verdicts = {equivalent(shipped().at(day), again.at(day), term, bounds=BOUNDS).verdict for day in days(first, other)}
    assert "found" in verdicts


@pytest.mark.parametrize("key", OVERLAYS)
def test_second_encoding_of_an_overlay_agrees(key: str) -> None:
    found = list(differences(key, (ENCODINGS / "overlays" / f"{key}.yaml").read_text(encoding="utf-8")))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("key", "written", "changed"),
    [
        ("hbm_compliance_date", "to: 2024-12-31", "to: 2024-12-30"),
        ("data_limited_enforcement", "and not data_willful", ""),
        ("nvidia_letter_2025", "transfer_rate >= 900", "transfer_rate > 900"),
    ],
)
def test_a_small_difference_of_an_overlay_is_found(key: str, written: str, changed: str) -> None:
    text = (ENCODINGS / "overlays" / f"{key}.yaml").read_text(encoding="utf-8")
    assert written in text
    assert list(differences(key, text.replace(written, changed)))


def test_second_encodings_are_sound_and_enough() -> None:
    assert not check_law(second_law())
    assert len(TERMS) >= LEAST
