"""One case judged for a table: the outcome of every layer, what it rests on, and which facts were looked at.

The runs are those of a single check; what a single check says beyond the outcome (classification, duties, words) is
left to it. Whatever was not looked at cannot change the verdict, so rows that agree on the rest share it.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tidewaiter.determine.deciding import UNDETERMINED, Decider
from tidewaiter.determine.intake import build_case
from tidewaiter.determine.phrases import origin_of
from tidewaiter.determine.proofs import rests_on
from tidewaiter.determine.refinement import Supposed, agreed
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.facts import Instance, reachable
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.prove import Proof, Run, missing
from tidewaiter.engine.values import Value
from tidewaiter.library.model import CONFIDENCES, Law
from tidewaiter.library.snapshots import TEXT_LAYER, Readings, Snapshots

__all__ = ["Judge", "Verdict", "many_judgements"]

_PROGRAMS_KEPT = 10_000
_COLLECTED_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a table says of a row. `outcomes` by layer; `mask` has the bit of every provision that decides."""

    outcomes: tuple[str, ...]
    headline: int
    because: tuple[str, ...]
    mask: int
    missing: tuple[str, ...]
    assumed: tuple[str, ...]
    confidence: str

    @property
    def outcome(self) -> str:
        """The outcome of the headline's layer."""
        return self.outcomes[self.headline]


class _Kept(Snapshots):
    """Snapshots that keep the program of every day that was asked for, with all that was found out about it."""

    def __init__(self, law: Law, sharing: Snapshots) -> None:
        super().__init__(law, sharing)
        self._kept: dict[tuple[dt.date, str], Program] = {}

    def at(self, day: dt.date, layer: str = TEXT_LAYER, readings: Readings | None = None) -> Program:
        """The program of a day and layer."""
        if readings:
            return super().at(day, layer, readings)
        key = (day, layer)
        if key not in self._kept:
            if len(self._kept) >= _PROGRAMS_KEPT:
                self._kept.clear()
            self._kept[key] = super().at(day, layer)
        return self._kept[key]


class Judge:
    """Judges cases of one question under one profile, by a decider of its own that keeps more."""

    def __init__(self, decider: Decider, spec: Specification, profile: str | None) -> None:
        self.decider = Decider(decider.law, _Kept(decider.law, decider.snapshots))
        self.spec, self.profile = spec, profile
        self.layers = tuple(layer for layer, _ in spec.layers)
        self.provisions = tuple(sorted(decider.law.provisions))
        self._bits = {term: 1 << index for index, term in enumerate(self.provisions)}
        lists = (spec.requirements, spec.exceptions, spec.review, spec.classification, spec.obligations)
        self._listed = {each.term for listed in lists for each in listed}
        self._judged = 0

    def verdict(self, facts: Mapping[str, Any], on: dt.date, confidence: str) -> tuple[Verdict, frozenset[str]]:
        """The verdict on a case (`confidence`: of its item's figures), and the facts that were looked at.

        Raises QuestionFaults with every fault of the facts.
        """
        case = build_case(facts, self.decider.law.vocabulary)
        seen: set[str] = set()
        runs = self.decider.runs(self.spec, case, on, self.profile)
        values = [self._value(case, on, layer, run, seen) for layer, run in runs]
        for _, run in runs:
            _look(run, case, seen)
        found = self._verdict(runs, values, self._headline(values), confidence)
        self._forget(runs, case)
        return found, frozenset(seen)

    def _value(self, case: Instance, on: dt.date, layer: str, run: Run, seen: set[str]) -> Value:
        """The outcome on a layer; where it is open, the one on which all completions agree."""
        value = run.value(self.spec.outcome)
        if isinstance(value, (str, bool)):
            return value

        def again(supposed: Sequence[Supposed]) -> Value:
            tried = self.decider.runs(self.spec, case, on, self.profile, layer, supposed)
            found = tried[-1][1].value(self.spec.outcome)
            for _, each in tried:
                _look(each, case, seen)
            self._forget(tried, case)
            return found

        found = agreed(run.prove(self.spec.outcome), run.program, again)
        return value if found is None else found

    def _forget(self, runs: list[tuple[str, Run]], case: Instance) -> None:
        """Empty the frames of runs that are done: proofs and frames hold each other and would wait for collection."""
        for _, run in runs:
            for instance in reachable(case):
                run.frame(instance).clear()
        self._judged += 1
        if not self._judged % _COLLECTED_EVERY and not gc.isenabled():
            gc.collect(0)

    def _headline(self, values: Sequence[Value]) -> int:
        usual = self.layers.index(self.spec.headline)
        if self.spec.when_binding:
            binding = self.layers.index(self.spec.when_binding)
            if values[binding] != values[usual]:
                return binding
        return usual

    def _verdict(self, runs: list[tuple[str, Run]], values: Sequence[Value], headline: int, confidence: str) -> Verdict:
        outcomes = tuple(value if isinstance(value, str) else UNDETERMINED for value in values)
        run = runs[headline][1]
        proof = run.prove(self.spec.outcome)
        steps = [step for step in rests_on(proof) if isinstance(step[1], Definition)]
        assumed = {**runs[0][1].assumed, **runs[-1][1].assumed}
        extents = {**runs[0][1].extents, **runs[-1][1].extents}
        terms = {fact.term for fact, _ in assumed.values()} | {relation.term for relation, _ in extents.values()}
        waits = missing(proof) if outcomes[headline] == UNDETERMINED else []
        mask = 0
        for step in steps:
            mask |= self._bits[step[1].term]
        return Verdict(
            outcomes,
            headline,
            tuple(dict.fromkeys(self._reasons(steps))),
            mask,
            tuple(dict.fromkeys(item.term for item, _ in waits)),
            tuple(sorted(terms)),
            self._confidence(steps, confidence),
        )

    def _reasons(self, steps: list[Proof]) -> Iterator[str]:
        """The listed provisions among the deciding ones that hold, or are open."""
        return (step[1].term for step in steps if step[1].term in self._listed and (step[0] is True or step[0] is None))

    def _confidence(self, steps: list[Proof], item: str) -> str:
        held = [
            self.decider.proofs.citation(step[1]).confidence for step in steps if origin_of(step[1]).version is not None
        ]
        return min([*held, *([item] if item else [])], key=CONFIDENCES.index, default=CONFIDENCES[-1])


@contextmanager
def many_judgements() -> Iterator[None]:
    """Many cases are judged within, so cyclic garbage is collected seldom: looking for it took a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _look(run: Run, case: Instance, seen: set[str]) -> None:
    """Add every term, fact or decided, that a run looked at."""
    for instance in reachable(case):
        seen.update(run.frame(instance))
