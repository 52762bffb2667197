"""`./run mutate`: change every number, date, code and group member of the law, one at a time; a case must notice.

Each mutant is the shipped law with one thing changed. It is killed by the first case in prose whose answer changes.
What survives is printed: either a case is missing, or the thing has no effect (an equivalent mutant, to be explained
in `tests/cases_survivors.yaml`). Only terms that rest on the change are decided again, so the whole takes minutes.
Words after the command keep the mutants whose name holds one of them: `./run mutate groups/a5 end_use`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.mutants import Mutant, mutants
from tests.prose_cases import Case, load_cases

from tidewaiter.base.yaml import load_yaml
from tidewaiter.determine.deciding import Decider
from tidewaiter.determine.intake import build_case
from tidewaiter.engine.facts import reachable
from tidewaiter.engine.program import Program
from tidewaiter.engine.prove import Prover, Run
from tidewaiter.engine.values import Value
from tidewaiter.engine.vocabulary import ROOT, subject_of
from tidewaiter.library.loader import load_law
from tidewaiter.library.snapshots import Snapshots

__all__ = ["main"]

EXPLAINED = Path(__file__).resolve().parents[1] / "tests" / "cases_survivors.yaml"


@dataclass(frozen=True, slots=True)
class Baseline:
    """A case as the unchanged law decides it on one layer: the run, and the values that the case expects."""

    case: Case
    layer: str
    run: Run
    values: dict[str, list[Value]]


def main() -> int:
    """Run every mutant; print the survivors; exit 1 when one is not explained."""
    decider = Decider(load_law())
    wanted = sys.argv[1:]
    baselines = list(_baselines(decider))
    held = [mutant for mutant in mutants(decider.law) if not wanted or any(part in mutant.name for part in wanted)]
    survivors = []
    start = time.monotonic()
    for done, mutant in enumerate(held, 1):
        trial = Trial(mutant, decider.snapshots)
        if not any(trial.notices(baseline) for baseline in _ordered(mutant, baselines)):
            survivors.append(mutant)
        if sys.stderr.isatty() and done % 20 == 0:
            print(f"\r{done}/{len(held)} mutants, {len(survivors)} survive", end="", file=sys.stderr)
    explained = _explained()
    open_ones = [mutant for mutant in survivors if mutant.name not in explained]
    stale = sorted(set(explained) - {mutant.name for mutant in survivors}) if not wanted else []
    for mutant in open_ones:
        print(f"survives: {mutant.name}")
    for name in stale:
        print(f"explained, but killed or gone: {name}")
    seconds = time.monotonic() - start
    print(
        f"{len(held)} mutants, {len(held) - len(survivors)} killed, {len(survivors) - len(open_ones)} explained, "
        f"{len(open_ones)} survive; {len(load_cases())} cases; {seconds:.0f} s"
    )
    return 1 if open_ones or stale else 0


def _explained() -> dict[str, str]:
    if not EXPLAINED.exists():
        return {}
    entries = load_yaml(EXPLAINED.read_text(encoding="utf-8"), EXPLAINED.name) or []
    return {name: entry["why"] for entry in entries for name in entry["mutants"]}


def _baselines(decider: Decider) -> Iterator[Baseline]:
    for case in load_cases():
        spec = decider.specification(case.question)
        instance = build_case(case.facts, decider.law.vocabulary)
        for layer, run in decider.runs(spec, instance, case.on, case.profile):
            expected = case.expect.get(layer)
            if expected:
                yield Baseline(case, layer, run, {term: _values(run, term) for term in expected})


def _values(run: Run, term: str) -> list[Value]:
    subject = subject_of(term)
    if subject == ROOT:
        return [run.value(term)]
    return [run.value(term, each) for each in reachable(run.root.instance) if each.subject == subject]


def _ordered(mutant: Mutant, baselines: list[Baseline]) -> list[Baseline]:
    """Cases that a date mutant can touch at all; for the rest all of them, those that expect its terms first."""
    near = [each for each in baselines if mutant.touches(each.case.on)]
    return sorted(near, key=lambda each: not (set(each.values) & mutant.terms))


@dataclass(frozen=True, slots=True)
class Changed:
    """A mutant on one state of the law: its prover, and every term that rests on the change."""

    prover: Prover
    affected: frozenset[str]


class Trial:
    """One mutant against the cases. What it makes of a state of the law is worked out once."""

    def __init__(self, mutant: Mutant, snapshots: Snapshots) -> None:
        self.mutant, self.snapshots = mutant, snapshots
        self._states: dict[tuple[int, str], Changed | None] = {}

    def notices(self, baseline: Baseline) -> bool:
        """Whether the case answers differently under the mutant."""
        state = self._state(baseline)
        terms = [term for term in baseline.values if term in state.affected] if state else []
        if not state or not terms:
            return False
        old = baseline.run
        program = replace(state.prover.program, as_of=baseline.case.on)
        run = Run(state.prover, program, old.root.instance, old.profile, old)
        return any(_values(run, term) != baseline.values[term] for term in terms)

    def _state(self, baseline: Baseline) -> Changed | None:
        key = (id(baseline.run.program.definitions), baseline.layer)
        if key not in self._states:
            self._states[key] = self._changed(baseline)
        return self._states[key]

    def _changed(self, baseline: Baseline) -> Changed | None:
        program = baseline.run.program
        made = self.mutant.apply(program, baseline.case.on, baseline.layer, self.snapshots)
        if made is None:
            return None
        new, own = made
        affected = _affected(program, own)
        return Changed(Prover(new, baseline.run.prover, affected), affected)


_AFFECTED: dict[tuple[int, frozenset[str]], frozenset[str]] = {}


def _affected(program: Program, own: frozenset[str]) -> frozenset[str]:
    key = (id(program.definitions), own)
    if key not in _AFFECTED:
        _AFFECTED[key] = program.affected_by(own)
    return _AFFECTED[key]


if __name__ == "__main__":
    sys.exit(main())
