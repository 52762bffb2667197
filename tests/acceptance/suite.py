"""Runs the acceptance suite of the law language: small laws and situations in YAML, on every layer, by both evaluators.

A file of `cases/` names its law (a folder of `law/`, read together with `law/common`) and lists situations. Layers that
a situation does not mention must give what the layer below gives.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tidewaiter.base.yaml import load_yaml
from tidewaiter.determine.intake import build_case
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.prove import Proof, Prover, Run, missing
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.values import Interval, OneOf, Value
from tidewaiter.library.loader import read_law
from tidewaiter.library.model import Law, Origin
from tidewaiter.library.snapshots import Snapshots

__all__ = ["LAYERS", "Situation", "differences", "law_of", "law_texts", "shown", "situations", "snapshots_of"]

HERE = Path(__file__).parent
LAYERS = ("text", "enforced", "addressee")
_KEYS = {
    *("case", "why", "on", "facts", "profile", "expect", "readings"),
    *("presumes", "assumes", "waits_for", "origin", "fault"),
}
_STEP = re.compile(r"^(\w+)\[(\d+)\]$")


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation on one date: what is stated, and what every layer must answer."""

    name: str
    law: str
    day: dt.date
    facts: Mapping[str, Any]
    profile: str | None
    expect: Mapping[str, Mapping[str, Any]]
    more: Mapping[str, Any] = field(default_factory=dict)


def law_texts(name: str) -> dict[str, str]:
    """The files of one small law, with those that all share."""
    return {
        path.relative_to(HERE / "law").as_posix(): path.read_text(encoding="utf-8")
        for folder in ("common", name)
        for path in sorted((HERE / "law" / folder).rglob("*.yaml"))
    }


@cache
def law_of(name: str) -> Law:
    """A small law, read once."""
    return read_law(law_texts(name))


@cache
def snapshots_of(name: str) -> Snapshots:
    """Its programs by date and layer."""
    return Snapshots(law_of(name))


def situations() -> Iterator[Situation]:
    """Every situation of every file, once for each of its dates."""
    for path in sorted((HERE / "cases").glob("*.yaml")):
        data = load_yaml(path.read_text(encoding="utf-8"), path.name)
        for entry in data["cases"]:
            yield from _dated(path.stem, data, entry)


def _dated(stem: str, data: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Situation]:
    if unknown := set(entry) - _KEYS:
        raise AssertionError(f"{stem}: {entry.get('case')}: unknown keys {unknown}")
    facts = merged(data.get("common") or {}, entry.get("facts") or {})
    days = entry["on"] if isinstance(entry["on"], list) else [entry["on"]]
    for day in days:
        name = f"{stem}/{entry['case']}" + (f" on {day}" if len(days) > 1 else "")
        yield Situation(name, data["law"], day, facts, entry.get("profile"), entry.get("expect") or {}, entry)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid on `base`, mapping by mapping; a list replaces a list."""
    found = dict(base)
    for key, value in over.items():
        below = found.get(key)
        found[key] = merged(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return found


# running ------------------------------------------------------------------------------------------


def differences(situation: Situation) -> list[str]:
    """What the evaluators say otherwise than the situation expects."""
    snapshots = snapshots_of(situation.law)
    case = build_case(situation.facts, snapshots.law.vocabulary)
    found: list[str] = []
    expected: Mapping[str, Any] = {}
    prover: Prover | None = None
    run: Run | None = None
    for layer in LAYERS:
        expected = {**expected, **situation.expect.get(layer, {})}
        program = snapshots.at(situation.day, layer)
        prover = Prover(program, prover)
        run = Run(prover, program, case, situation.profile, run)
        found += [f"{layer}: {line}" for line in _answers(program, case, run, situation.profile, expected)]
    assert run is not None
    return [*found, *_readings(situation, snapshots, case), *_proofs(situation, run, expected)]


def _answers(
    program: Program, case: Instance, run: Run, profile: str | None, expected: Mapping[str, Any]
) -> Iterator[str]:
    reference = Reference(program, case, profile)
    for path, want in expected.items():
        instance, term = located(case, path)
        answers = {"reference": reference.value(term, instance), "prove": run.value(term, instance)}
        yield from (f"{path}: {who} says {shown(v)}, not {want}" for who, v in answers.items() if not same(v, want))


def _readings(situation: Situation, snapshots: Snapshots, case: Instance) -> Iterator[str]:
    """Each reading of unsettled law, chosen by name, on each layer it is stated for."""
    for term, readings in (situation.more.get("readings") or {}).items():
        default = readings["default"]
        for name, by_layer in readings.items():
            for layer, expected in by_layer.items() if name != "default" else ():
                program = snapshots.at(situation.day, layer, {term: name})
                origin = snapshots.at(situation.day, layer).definitions[term].origin
                run = Run(Prover(program), program, case, situation.profile)
                yield from (f"{name}: {line}" for line in _answers(program, case, run, situation.profile, expected))
                if not isinstance(origin, Origin) or origin.reading != default:
                    yield f"{term}: the default reading is not {default}"


def _proofs(situation: Situation, run: Run, expected: Mapping[str, Any]) -> Iterator[str]:
    """What the proofs on the top layer must say of presumptions, assumptions, gaps and sources."""
    more = situation.more
    asked = [*expected, *(more.get("waits_for") or ()), *(more.get("origin") or ())]
    proofs = {path: _proof(run, path) for path in asked}
    if "presumes" in more:
        presumed = sorted({d.term for proof in proofs.values() for d in definitions(proof) if d.presumption})
        if presumed != sorted(more["presumes"]):
            yield f"rests on the presumptions {presumed}, not {more['presumes']}"
    if "assumes" in more:
        assumed = sorted(fact.term for fact, _ in run.assumed.values())
        if assumed != sorted(more["assumes"]):
            yield f"assumes {assumed}, not {more['assumes']}"
    for path, terms in (more.get("waits_for") or {}).items():
        waits = sorted({item.term for item, _ in missing(proofs[path])})
        if waits != sorted(terms):
            yield f"{path} waits for {waits}, not {terms}"
    for path, source in (more.get("origin") or {}).items():
        origin = proofs[path][1].origin
        sources = {*origin.version.source.instruments} if origin.version else set()
        sources.update(key for overlay in origin.overlays for key in overlay.source.instruments)
        if source not in sources:
            yield f"{path} rests on {sorted(sources)}, not on {source}"


def _proof(run: Run, path: str) -> Proof:
    instance, term = located(run.root.instance, path)
    return run.prove(term, instance)


def definitions(proof: Proof) -> Iterator[Definition]:
    """The definitions that a proof rests on and found to hold."""
    seen: set[int] = set()
    waiting: list[Any] = [proof]
    while waiting:
        value, what, parts = waiting.pop()
        if isinstance(what, Definition):
            if value is not True and value is not None and not isinstance(value, str):
                continue
            if value is True:
                yield what
        for part in parts:
            if isinstance(part, tuple) and len(part) == 3 and id(part) not in seen:
                seen.add(id(part))
                waiting.append(part)


# values -------------------------------------------------------------------------------------------


def located(case: Instance, path: str) -> tuple[Instance, str]:
    """The instance and the full term that `parties[0].owners[1].held` names."""
    *steps, name = path.split(".")
    instance = case
    for step in steps:
        match = _STEP.match(step)
        if match is None:
            raise AssertionError(f"{path}: write relation[number].term")
        prefix = "" if instance is case else f"{instance.subject}."
        instance = instance.relations[f"{prefix}{match[1]}"].rows[int(match[2])].target
    return instance, name if instance is case else f"{instance.subject}.{name}"


def same(value: Value, want: Any) -> bool:
    """Whether a value is what a situation writes: `unknown`, a literal, a date, an interval or a choice."""
    if want == "unknown":
        return value is None
    if isinstance(want, Mapping) and "one_of" in want:
        return isinstance(value, OneOf) and value.codes == frozenset(want["one_of"])
    if isinstance(want, Mapping):
        ends = want.get("at_least", float("-inf")), want.get("at_most", float("inf"))
        return isinstance(value, Interval) and (value.low, value.high) == ends
    if isinstance(want, dt.date):
        return value == want.toordinal()
    return type(value) is type(want) and value == want if isinstance(want, (bool, str)) else _equal(value, want)


def _equal(value: Value, want: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value - want) <= 1e-9 * abs(want)


def shown(value: Value) -> str:
    """A value as situations write it."""
    return "unknown" if value is None else str(value)
