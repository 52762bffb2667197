"""The rules of the whole shipped law fit together; rules that do not are found in a small one."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from tests.library.small import HEAD, with_files

from tidewaiter.library.consistency import Report, check_consistency, main
from tidewaiter.library.loader import load_law, read_law

pytest.importorskip("z3")

__all__: list[str] = []

SECONDS = 240.0
"""Far above what it takes (40 s of one core for 900 rules), so that a busy machine does not fail the test."""


def checked(*changes: Mapping[str, str | None]) -> Report:
    """The findings on the small law with changes."""
    return check_consistency(read_law(with_files(*changes)))


def kinds(report: Report) -> list[str]:
    """What kinds of findings a report holds, in order."""
    return [finding.kind for finding in report.findings]


def cases(*branches: str, more: str = "", values: str = "free, license") -> dict[str, str]:
    """The small law's outcome with other cases."""
    listed = "\n".join(f"      - {branch}" for branch in branches)
    text = f"""decides: outcome
type: code
values: [{values}]
before: free
title: {{en: Outcome, zh: 结论}}
citation: section 3
versions:
  - from: 2022-01-01
    {HEAD}
    {more}
    cases:
{listed}
"""
    return {"rules/outcome.yaml": text}


def rule(term: str, body: str, start: str = "2022-01-01") -> dict[str, str]:
    """A boolean provision of one version."""
    text = f"decides: {term}\ntitle: {{en: Rule, zh: 规则}}\ncitation: section 9\nversions:\n"
    text += f"  - from: {start}\n    {HEAD}\n"
    return {f"rules/{term}.yaml": text + "".join(f"    {line}\n" for line in body.splitlines())}


# the shipped law ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_shipped_law_is_consistent() -> None:
    started = time.perf_counter()
    report = check_consistency(load_law())
    assert [str(finding) for finding in report.faults] == []
    assert [str(finding) for finding in report.findings if finding.kind == "not decided"] == []
    assert report.queries > report.rules > 100
    assert time.perf_counter() - started < SECONDS


# small laws ---------------------------------------------------------------------------------------


def test_a_sound_law_has_no_findings() -> None:
    report = checked()
    assert report.findings == ()
    assert report.rules == 3
    assert "0 faults" in str(report)
    assert "at most 2 rows" in str(report)


def test_unordered_cases_that_overlap() -> None:
    branches = ("{when: weight >= 50, value: license}", "{when: weight <= 50, value: free}")
    report = checked(cases(*branches, more="ordered: false"))
    assert kinds(report) == ["overlap"]
    assert str(report.findings[0]).startswith("rules/outcome.yaml (from 2022-01-01), on ")
    assert report.findings[0].example == "{weight: 50}"
    assert "two cases hold (1, 2)" in str(report)
    assert checked(cases(branches[0], "{when: weight < 50, value: free}", more="ordered: false")).findings == ()


def test_cases_that_leave_a_gap() -> None:
    report = checked(cases("{when: weight > 50, value: license}", "{when: weight < 50, value: free}"))
    assert [(finding.kind, finding.example) for finding in report.findings] == [("gap", "{weight: 50}")]


def test_a_gap_that_only_later_groups_open() -> None:
    """Until 2024 MO is not in near; from then on no case speaks of it."""
    branches = (
        "{when: destination in near and destination != MO, value: license}",
        "{when: not (destination in near), value: free}",
    )
    report = checked(cases(*branches))
    assert [(finding.kind, finding.example) for finding in report.findings] == [("gap", "{destination: MO}")]
    assert ", on 2024-01-01, text" in report.findings[0].where


def test_a_case_that_is_never_chosen() -> None:
    report = checked(
        cases("{when: weight >= 10, value: license}", "{when: heavy, value: license}", "{otherwise: free}")
    )
    assert [(finding.kind, finding.what) for finding in report.findings] == [("never chosen", "case 2, heavy")]
    assert report.faults == report.findings


def test_an_otherwise_that_is_never_reached() -> None:
    branches = ("{when: weight >= 10, value: license}", "{when: weight < 10, value: free}", "{otherwise: free}")
    assert [finding.what for finding in checked(cases(*branches)).findings] == ["case 3, otherwise"]


def test_a_case_that_one_state_of_the_law_revives_is_sound() -> None:
    branches = ("{when: destination in near, value: license}", "{when: destination == MO, value: free}")
    assert checked(cases(*branches, "{otherwise: free}")).findings == ()  # chosen until 2024


def test_a_case_that_waits_for_unknown_law_is_told_apart() -> None:
    report = checked(
        rule("pending", "end: unchecked"),
        cases("{when: heavy and pending, value: license}", "{otherwise: free}"),
    )
    assert kinds(report) == ["open law decides"]
    assert report.faults == ()


def test_codes_that_no_case_gives_are_noted() -> None:
    branches = ("{when: heavy, value: license}", "{otherwise: free}")
    report = checked(cases(*branches, values="free, license, banned"))
    assert [(finding.kind, finding.what) for finding in report.findings] == [("never given", "banned")]
    assert report.faults == ()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("when: weight >= 0", [("always true", "weight >= 0")]),
        ("when: heavy and weight < 50", [("never true", "heavy and weight < 50")]),
        ("when: heavy\nunless: [heavy]", [("never true", "the rule as a whole")]),
        ("when: heavy", []),
        ("when: true", []),  # mentions no facts: meant so
        ("when: as_of >= date(2030, 1, 1)", []),
        ("when: established(any(parties, owned)) and not known(weight)", []),  # of facts that are missing
        (
            "when: any(parties, owned and not any(owners, true))",
            [("never true", "any(parties, owned and not any(owners, true))")],
        ),
        ("when: count(parties, true) >= 2 and any(parties, owned)", []),  # needs more than one row
    ],
)
def test_conditions_that_never_change(body: str, found: list[tuple[str, str]]) -> None:
    report = checked(rule("odd", body))
    assert [(finding.kind, finding.what) for finding in report.findings] == found


def test_readings_and_overlays_are_asked_too() -> None:
    readings = """readings:
  wide: {when: weight >= 10, says: {en: Wide, zh: 宽}}
  narrow: {when: weight >= 500, says: {en: Narrow, zh: 窄}}
  default: wide
  why: {en: Unsettled, zh: 未定}"""
    overlay = f"""overlay: calm
layer: enforced
title: {{en: Calm, zh: 平静}}
{HEAD.replace("    ", "")}
from: 2023-01-01
replaces: {{heavy: {{when: weight > 100}}}}
"""
    report = checked(rule("odd", readings), {"overlays/calm.yaml": overlay})
    assert [(finding.kind, finding.where) for finding in report.findings] == [
        ("never true", "rules/odd.yaml (from 2022-01-01), reading narrow"),
        ("never true", "overlays/calm.yaml (replaces heavy)"),
    ]


def test_a_case_that_another_reading_of_an_unsettled_term_revives_is_sound() -> None:
    readings = """readings:
  yes_it_is: {when: true, says: {en: Yes, zh: 是}}
  no_it_is_not: {when: false, says: {en: No, zh: 否}}
  default: yes_it_is
  why: {en: Unsettled, zh: 未定}"""
    odd = rule("odd", readings)
    assert checked(odd, cases("{when: heavy and not odd, value: license}", "{otherwise: free}")).findings == ()
    report = checked(odd, cases("{when: odd and not odd and heavy, value: license}", "{otherwise: free}"))
    assert kinds(report) == ["never chosen"]


def test_what_cannot_be_decided_is_said_and_is_no_fault() -> None:
    report = checked(rule("hard", "when: weight * weight == 2"))  # true of a number that no float is
    assert "not decided" in kinds(report)
    assert report.faults == ()


def test_the_exit_code_says_whether_there_are_faults(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    law = read_law(with_files(rule("odd", "when: weight >= 0")))
    monkeypatch.setattr("tidewaiter.library.consistency.load_law", lambda: law)
    assert main() == 1
    assert "rules/odd.yaml (from 2022-01-01): always true: weight >= 0" in capsys.readouterr().out
    monkeypatch.setattr("tidewaiter.library.consistency.load_law", lambda: read_law(with_files()))
    assert main() == 0
