"""Comparisons: what flips is what single checks say, and nothing that does not differ is reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tidewaiter.analysis.classes import CodeClasses
from tidewaiter.analysis.flips import flips
from tidewaiter.analysis.sides import Side
from tidewaiter.evidence import catalog
from tidewaiter.faces import comparing
from tidewaiter.faces.asking import Asked, stated
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider
from tidewaiter.faces.sides import amendment_of, side_of, stand_of

ITEMS = ("nvidia-h20", "nvidia-h100-sxm", "nvidia-rtx-4090", "amd-mi308x", "nvidia-l20", "huawei-ascend-910b")
COUNTRIES = ("CN", "MO", "MY", "AE", "SA", "DE", "VN", "RU", "IR", "US", "HK", "IN")


def sides(first: str, second: str, day: dt.date) -> tuple[Side, Side]:
    return side_of(stand_of(first), day, "enforced"), side_of(stand_of(second), day, "enforced")


def single(side: Side, item: str, country: str) -> str:
    facts, about = stated(Asked(item=item, options={"to": country, "end-user-hq": country}))
    found = side.decider.decide("export", facts, side.day, profile=DEFAULT_PROFILE, item=about)
    return found.layer(side.layer).outcome


@pytest.mark.parametrize(
    ("first", "second", "day"),
    [
        ("2023-06-01", "2023-12-01", dt.date(2023, 12, 1)),
        ("2025-06-01/text", "2025-06-01/enforced", dt.date(2025, 6, 1)),
        ("law", "malaysia-thailand", dt.date(2026, 12, 1)),
        ("law", "h20-forbidden", dt.date(2025, 2, 1)),
        ("law", "tpp-line-halved", dt.date(2026, 12, 1)),
        ("law", "rules-of-2023-early", dt.date(2023, 2, 1)),
    ],
)
def test_what_flips_is_what_single_checks_say(first: str, second: str, day: dt.date) -> None:
    before, after = sides(first, second, day)
    known = {chip.key for chip in catalog.default_catalog().chips()}
    subjects = [each for each in comparing._subjects("export", {})[0] if each.key in ITEMS]
    assert len(subjects) == len(set(ITEMS) & known) > 3
    spec = decider().specification("export")
    found = flips(before, after, spec, subjects, "country", DEFAULT_PROFILE)
    told = {(flip.subject.key, code): (flip.before, flip.after) for flip in found for code in flip.codes}
    for subject in subjects:
        for country in COUNTRIES:
            expected = single(before, subject.key, country), single(after, subject.key, country)
            if expected[0] == expected[1]:
                assert (subject.key, country) not in told
            else:
                assert told[subject.key, country] == expected


def test_two_equal_laws_differ_in_nothing() -> None:
    day = dt.date(2024, 5, 1)
    found = comparing.compare(*sides("law", "law", day))
    assert found.questions == ()


def test_countries_of_a_class_are_alike() -> None:
    before, after = sides("2023-06-01", "2023-12-01", dt.date(2023, 12, 1))
    spec = decider().specification("export")
    classes = CodeClasses((before, after), spec, "country")
    assert sorted(code for held in classes.classes for code in held) == sorted(
        decider().law.vocabulary.domains["country"].codes
    )
    assert len(classes.classes) < 60
    assert ("US",) in classes.apart(["US"])


def test_listings_turn_a_party() -> None:
    found = comparing.compare(*sides("law", "more-model-companies-listed", dt.date(2026, 12, 1)))
    assert {(each.before.outcome, each.after.outcome) for each in found.listings} == {
        ("no_license_required", "license_required")
    }
    early = replace(found.after, day=amendment_of("more-model-companies-listed").start - dt.timedelta(days=1))
    assert comparing.compare(found.before, early).listings == ()


def test_other_questions_flip_too() -> None:
    day = dt.date(2026, 12, 1)
    expected = {
        "chinese-developers-barred": ("hosting", "public-repository"),
        "apps-delisted": ("app", "deepseek"),
        "remote-access-controlled": ("compute_access", "rented-h100"),
        "open-weights-controlled": ("weights", "open-1e26"),
        "weights-to-china-barred": ("weights", "closed-1e25"),
    }
    for key, (question, subject) in expected.items():
        found = comparing.compare(*sides("law", key, day))
        flipped = {each.question: {flip.subject.key for flip in each.flips} for each in found.questions}
        assert subject in flipped[question]


def test_processes_that_share_the_work_find_the_same() -> None:
    before, after = sides("law", "malaysia-thailand", dt.date(2026, 12, 1))
    subjects = comparing._subjects("export", {})[0][:12]
    spec = decider().specification("export")
    alone, together = (
        flips(before, after, spec, subjects, "country", DEFAULT_PROFILE, processes=count) for count in (1, 3)
    )
    assert alone == together != ()
