"""What flips between two laws: catalog items in countries, each judged under both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tidewaiter.analysis.classes import CodeClasses
from tidewaiter.analysis.sharing import shared
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

_FEW = 8
"""Up to so many rules that differ are looked at before the outcome is."""


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
    processes: int = 1,
) -> tuple[Flip, ...]:
    """The subjects that flip, in their order, with the codes (of a domain; all, or those given) for which they do.

    Without a domain nothing is put in turn: each subject is judged as it stands, and a flip has no codes.
    `progress` is told how many subjects are done. More than one of `processes` share the subjects where processes
    can be forked.
    """
    judge = _Judge(before, after, spec, profile)
    if not judge.changed:
        return ()
    classes = CodeClasses((before, after), spec, domain) if domain else None

    def flipped(subject: Subject) -> list[Flip]:
        shown = classes.apart(_codes_of(subject)) if classes else ((),)
        if codes is not None:
            shown = tuple(kept for held in shown if (kept := tuple(code for code in held if code in codes)))
        return list(_merged(judge.flips(subject, shown, classes)))

    found: list[Flip] = []
    for done, held in enumerate(shared(flipped, subjects, processes, _plain), 1):
        found += [Flip(subjects[done - 1], *each) if isinstance(each, tuple) else each for each in held]
        progress(done)
    return tuple(found)


def _plain(found: list[Flip]) -> list[tuple[tuple[str, ...], str, str]]:
    """What a process hands back: a flip without its subject, which the other one has."""
    return [(flip.codes, flip.before, flip.after) for flip in found]


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
        self.few = sum(map(len, self.changed.values())) <= _FEW
        self.looked: set[str] = set()
        self._provers: dict[tuple[int, frozenset[str]], Prover] = {}
        self._affected: dict[tuple[int, frozenset[str]], frozenset[str]] = {}

    def flips(self, subject: Subject, groups: Sequence[tuple[str, ...]], classes: CodeClasses | None) -> Iterator[Flip]:
        """The flips of a subject; codes on which every test made for earlier ones comes out alike follow these."""
        base = Run(self.before.prover, self.before.program, subject.case, self.profile)
        judged: list[tuple[str, int, tuple[str, str] | None]] = []
        alone = frozenset(_codes_of(subject))
        for codes in groups:
            for code, mask, known in judged:
                if classes and code not in alone and codes[0] not in alone and classes.alike(code, codes[0], mask):
                    outcomes = known
                    break
            else:
                self.looked = set()
                outcomes = self.judged(subject, base, codes[:1])
                if classes:
                    judged.append((codes[0], classes.mask(self.looked), outcomes))
            if outcomes:
                yield Flip(subject, codes, *outcomes)

    def judged(self, subject: Subject, base: Run, codes: tuple[str, ...]) -> tuple[str, str] | None:
        """The outcomes before and after with a code put in, where they differ."""
        run = self.supposing(base, [Supposed(*place, code) for place in subject.places for code in codes])
        prover = self.prover(self.after.program, run.prover, self.differing)
        other = Run(prover, self.after.program, subject.case, self.profile, run)
        outcomes = None
        if not (self.few and self.untouched(subject.case, run, other)) and not self.same(run, other):
            outcomes = self.outcome(run), self.outcome(other)
        self.looked |= run.terms() | other.terms()
        return outcomes if outcomes and outcomes[0] != outcomes[1] else None

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
            value = agreed(run.prove(self.spec.outcome), run.program, lambda supposed: self.again(run, supposed))
        return value if isinstance(value, str) else UNDETERMINED

    def again(self, run: Run, supposed: Sequence[Supposed]) -> Any:
        tried = self.supposing(run, supposed)
        value = tried.value(self.spec.outcome)
        self.looked |= tried.terms()
        return value
