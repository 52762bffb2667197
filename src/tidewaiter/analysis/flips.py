"""What flips between two laws: catalog items in countries, each judged under both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tidewaiter.analysis.classes import CodeClasses
from tidewaiter.analysis.sides import Side
from tidewaiter.determine.deciding import UNDETERMINED
from tidewaiter.determine.refinement import Supposed, agreed
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.facts import Instance, reachable
from tidewaiter.engine.program import Program
from tidewaiter.engine.prove import Prover, Run
from tidewaiter.engine.values import is_known
from tidewaiter.engine.vocabulary import SameAs, subject_of

__all__ = ["Flip", "Subject", "flips"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that may flip: key, name, case, and the places (instance and term) where a code is put in turn."""

    key: str
    name: str
    case: Instance
    places: tuple[tuple[Instance, str], ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """A subject whose outcome differs between the sides, in the same way for all of these codes."""

    subject: Subject
    codes: tuple[str, ...]
    before: str
    after: str


def flips(
    before: Side,
    after: Side,
    spec: Specification,
    subjects: Sequence[Subject],
    domain: str,
    profile: str | None,
    codes: frozenset[str] | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> tuple[Flip, ...]:
    """The subjects that flip, in their order, with the codes (of a domain; all, or those given) for which they do.

    Without a domain nothing is put in turn: each subject is judged as it stands, and a flip has no codes.
    `progress` is told how many subjects are done.
    """
    judge = _Judge(before, after, spec, profile)
    if not judge.changed:
        return ()
    classes = CodeClasses((before, after), spec, domain) if domain else None
    found: list[Flip] = []
    for done, subject in enumerate(subjects, 1):
        shown = classes.apart(_codes_of(subject)) if classes else ((),)
        if codes is not None:
            shown = tuple(kept for held in shown if (kept := tuple(code for code in held if code in codes)))
        found += _merged(judge.flips(subject, shown))
        progress(done)
    return tuple(found)


def _merged(flips: Iterator[Flip]) -> Iterator[Flip]:
    """The flips of one subject; those from and to the same outcome are one."""
    codes: dict[tuple[str, str], tuple[str, ...]] = {}
    subject = None
    for flip in flips:
        subject = flip.subject
        codes[flip.before, flip.after] = (*codes.get((flip.before, flip.after), ()), *flip.codes)
    for (before, after), held in codes.items():
        assert subject is not None
        yield Flip(subject, tuple(sorted(held)), before, after)


def _codes_of(subject: Subject) -> Iterator[str]:
    """The texts among the facts of a case, but for those that are put in turn."""
    places = {(id(instance), term) for instance, term in subject.places}
    for instance in reachable(subject.case):
        for term, value in instance.facts.items():
            if isinstance(value, str) and (id(instance), term) not in places:
                yield value


def _copies(assumed: object, terms: set[str]) -> bool:
    return isinstance(assumed, SameAs) and assumed.term in terms


class _Judge:
    """Judges a subject for one code after another; what does not rest on the code is decided once."""

    def __init__(self, before: Side, after: Side, spec: Specification, profile: str | None) -> None:
        self.before, self.after, self.spec, self.profile = before, after, spec, profile
        self.differing = after.differing(before)
        self.changed: dict[str, list[str]] = {}
        for term in after.changed_terms(before, spec):
            self.changed.setdefault(subject_of(term), []).append(term)
        self._provers: dict[tuple[int, frozenset[str]], Prover] = {}
        self._affected: dict[tuple[int, frozenset[str]], frozenset[str]] = {}

    def flips(self, subject: Subject, classes: Sequence[tuple[str, ...]]) -> Iterator[Flip]:
        base = Run(self.before.prover, self.before.program, subject.case, self.profile)
        for codes in classes:
            run = self.supposing(base, [Supposed(*place, code) for place in subject.places for code in codes[:1]])
            other = Run(self.prover(self.after.program, run.prover, self.differing), self.after.program,
                        subject.case, self.profile, run)  # fmt: skip
            if self.untouched(subject.case, run, other) or self.same(run, other):
                continue
            outcomes = self.outcome(run), self.outcome(other)
            if outcomes[0] != outcomes[1]:
                yield Flip(subject, codes, *outcomes)

    def prover(self, program: Program, base: Prover, changed: frozenset[str]) -> Prover:
        """The prover of a program above a base from which it differs in some terms, made once."""
        key = (id(base), changed)
        if key not in self._provers:
            self._provers[key] = Prover(program, base, changed)
        return self._provers[key]

    def supposing(self, run: Run, supposed: Sequence[Supposed]) -> Run:
        """A run like another, but with some terms supposed; what does not rest on them is shared."""
        changed = self.affected(run.program, frozenset(each.term for each in supposed))
        prover = self.prover(run.program, run.prover, changed)
        found = Run(prover, run.program, run.root.instance, self.profile, run)
        for instance, term, value in supposed:
            found.suppose(term, instance, value)
        return found

    def affected(self, program: Program, terms: frozenset[str]) -> frozenset[str]:
        """The terms, the facts that the profile assumes to equal one of them, and all that rests on these."""
        key = (id(program), terms)
        if key not in self._affected:
            facts = self.before.decider.law.vocabulary.facts.values()
            found, more = set(terms), set(terms)
            while more:
                more = {fact.term for fact in facts if _copies(fact.assume.get(self.profile or ""), found)} - found
                found |= more
            self._affected[key] = program.affected_by(found)
        return self._affected[key]

    def untouched(self, case: Instance, run: Run, other: Run) -> bool:
        """Whether every rule that differs says the same, and certain, of this case: then all that rests on it does."""
        for instance in reachable(case):
            for term in self.changed.get(instance.subject, ()):
                value = other.value(term, instance)
                if not is_known(value) or value != run.value(term, instance):
                    return False
        return True

    def same(self, run: Run, other: Run) -> bool:
        """Whether the outcomes agree and are settled, so that nothing has to be refined."""
        value = run.value(self.spec.outcome)
        return isinstance(value, str) and value == other.value(self.spec.outcome)

    def outcome(self, run: Run) -> str:
        """The outcome; where it is open, the one on which all completions agree."""
        value: Any = run.value(self.spec.outcome)
        if not isinstance(value, str):
            value = agreed(
                run.prove(self.spec.outcome),
                run.program,
                lambda supposed: self.supposing(run, supposed).value(self.spec.outcome),
            )
        return value if isinstance(value, str) else UNDETERMINED
