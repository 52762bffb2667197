"""Cases in prose: read from YAML, decided by layer, compared with what a lawyer expects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tidewaiter.base.yaml import load_yaml
from tidewaiter.determine.deciding import UNDETERMINED, Decider
from tidewaiter.determine.intake import build_case
from tidewaiter.determine.phrases import plain_value
from tidewaiter.engine.facts import reachable
from tidewaiter.engine.prove import Run
from tidewaiter.engine.vocabulary import ROOT, subject_of

__all__ = ["CASES", "Case", "differences", "load_cases"]

CASES = Path(__file__).with_name("cases")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: what is stated, on which day, and what must follow on which layer."""

    name: str
    file: str
    kind: str
    why: str
    source: str
    question: str
    on: dt.date
    profile: str | None
    facts: Mapping[str, Any]
    expect: Mapping[str, Mapping[str, Any]]


@cache
def load_cases(folder: Path = CASES) -> tuple[Case, ...]:
    """All cases below a folder, by file and order."""
    return tuple(case for path in sorted(folder.rglob("*.yaml")) for case in _read(path, folder))


def _read(path: Path, folder: Path) -> Iterator[Case]:
    name = path.relative_to(folder).as_posix()
    entries = load_yaml(path.read_text(encoding="utf-8"), name)
    for entry in (each for written in entries for each in _expanded(written)):
        profile = entry.get("profile", "plain_commercial")
        yield Case(
            entry["case"],
            name,
            entry["kind"],
            entry.get("why", ""),
            entry.get("source", ""),
            entry.get("question", "export"),
            entry["on"],
            None if profile in ("none", None) else profile,
            entry["facts"],
            entry["expect"],
        )


def _expanded(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A case for every value of `each`, which stands for `$each` wherever the case says so."""
    if "each" not in entry:
        yield entry
    for value in entry.get("each", ()):
        yield {key: _filled(part, value) for key, part in entry.items()} | {"case": f"{entry['case']}-{value}"}


def _filled(part: Any, value: Any) -> Any:
    if isinstance(part, Mapping):
        return {key: _filled(each, value) for key, each in part.items()}
    if isinstance(part, list):
        return [_filled(each, value) for each in part]
    return value if part == "$each" else part


def differences(case: Case, decider: Decider) -> list[str]:
    """What the law answers differently from what the case expects, one line each."""
    spec = decider.specification(case.question)
    instance = build_case(case.facts, decider.law.vocabulary)
    runs = dict(decider.runs(spec, instance, case.on, case.profile))
    asked = {term for expected in case.expect.values() for term in expected}
    outcomes = _outcomes(case, decider) if spec.outcome in asked else {}
    found = []
    for layer, expected in case.expect.items():
        for term, value in expected.items():
            actual = outcomes[layer] if term == spec.outcome else _value(runs[layer], term, decider)
            if actual is None and value is True and subject_of(term) == ROOT:
                actual = decider.refined(spec, instance, case.on, case.profile, layer, runs[layer], term)
            if not _same(actual, value):
                found.append(f"{layer}: {term} is {actual!r}, expected {value!r}")
    return found


def _outcomes(case: Case, decider: Decider) -> dict[str, str]:
    answer = decider.decide(case.question, case.facts, case.on, profile=case.profile)
    return {finding.layer: finding.outcome for finding in answer.layers}


def _value(run: Run, term: str, decider: Decider) -> Any:
    subject = subject_of(term)
    kind = decider.law.vocabulary.type_of(term)
    if subject == ROOT:
        return plain_value(run.value(term), kind)
    values = [run.value(term, each) for each in reachable(run.root.instance) if each.subject == subject]
    if kind is not None and kind.kind == "boolean":
        return True if True in values else (None if None in values else False)
    return plain_value(values[0], kind) if values else None


def _same(actual: Any, expected: Any) -> bool:
    if expected in ("unknown", UNDETERMINED):
        return actual is None or actual == UNDETERMINED or isinstance(actual, Mapping)
    if isinstance(expected, float) and isinstance(actual, (int, float)):
        return abs(actual - expected) <= 1e-9 * max(1.0, abs(expected))
    return bool(actual == expected) and isinstance(actual, bool) == isinstance(expected, bool)
