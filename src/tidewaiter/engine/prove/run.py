"""One case under a compiled program: what was asked, what it rests on, what was assumed.

A proof is `(value, what, parts)`. For an expression, `what` is its node and `parts` the proofs below it. For a term it
is a `Definition` with parts (proof of the rule, frame), or a `Fact` with parts (status, frame). Proofs of
quantifiers begin with an `Extent`. Plain tuples, because making them is most of the work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidewaiter.engine.facts import Instance, Rows
from tidewaiter.engine.program import Program
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.values import Value, number
from tidewaiter.engine.vocabulary import Fact, Relationship, SameAs

if TYPE_CHECKING:
    from tidewaiter.engine.prove.compiler import Prover

__all__ = ["ASSUMED", "GIVEN", "MISSING", "Closure", "Extent", "Frame", "Proof", "Run", "Scope"]

Proof = tuple[Any, Any, tuple[Any, ...]]
Scope = tuple["Frame", ...]
Closure = Callable[[Scope], Proof]

GIVEN, ASSUMED, MISSING = "given", "assumed", "missing"
"""How the value of a fact is known."""

_NONE = Rows()


@dataclass(frozen=True, slots=True)
class Extent:
    """The rows that a quantifier went over: how many, whether there are no others, and whether that was assumed."""

    relation: Relationship
    count: int
    complete: bool
    assumed: bool


class Frame(dict[str, Proof]):
    """The decided terms and facts of one instance in a run, filled on demand."""

    __slots__ = ("below", "instance", "run", "scope")

    def __init__(self, run: Run, instance: Instance, root: Frame | None) -> None:
        super().__init__()
        self.run, self.instance = run, instance
        self.below = None if run.base is None else run.base.frame(instance)
        self.scope: Scope = (self,) if root is None else (self, root)

    def __missing__(self, term: str) -> Proof:
        if self.below is not None and term not in self.run.prover.changed:
            proof = self.below[term]
        else:
            proof = self.run.decide(term, self)
        self[term] = proof
        return proof


class Run:
    """Decides terms of one case. `base` is a run of the same case on a lower layer: what is unchanged is shared."""

    __slots__ = ("_frames", "as_of", "assumed", "base", "extents", "profile", "program", "prover", "root", "supposed")

    def __init__(
        self, prover: Prover, program: Program, case: Instance, profile: str | None = None, base: Run | None = None
    ) -> None:
        self.prover, self.program, self.profile = prover, program, profile
        self.base = base if base is not None and prover.base is base.prover else None
        self.as_of = float(program.as_of.toordinal())
        self.assumed: dict[tuple[int, str], tuple[Fact, Frame]] = {} if self.base is None else self.base.assumed
        self.extents: dict[tuple[int, str], tuple[Relationship, Frame]] = {} if self.base is None else self.base.extents
        self.supposed: dict[tuple[str, int], Value] = {} if self.base is None else dict(self.base.supposed)
        self._frames: dict[int, Frame] = {}
        self.root = self._frames[id(case)] = Frame(self, case, None)

    def frame(self, instance: Instance) -> Frame:
        """The frame of an instance of this case."""
        found = self._frames.get(id(instance))
        if found is None:
            found = self._frames[id(instance)] = Frame(self, instance, self.root)
        return found

    def prove(self, term: str, instance: Instance | None = None) -> Proof:
        """The proof of a term on an instance (the transaction by default)."""
        return (self.root if instance is None else self.frame(instance))[term]

    def value(self, term: str, instance: Instance | None = None) -> Value:
        """The value of a term."""
        value: Value = self.prove(term, instance)[0]
        return value

    def decided(self, term: str) -> bool:
        """Whether a term was decided in this run so far, on any instance."""
        for frame in self._frames.values():
            if term in frame:
                return True
        return self.base is not None and self.base.decided(term)

    def terms(self) -> set[str]:
        """The terms that were looked at in this run, on any instance; those that a base run holds do not count."""
        return {term for frame in self._frames.values() for term in frame}

    def suppose(self, term: str, instance: Instance, value: Value) -> None:
        """Take a term, given or decided, to have a value in this run. Before anything was decided only."""
        frame = self.frame(instance)
        self.supposed[term, id(instance)] = value
        definition = self.program.definitions.get(term)
        if definition is None:
            frame[term] = (value, self.program.vocabulary.facts[term], (GIVEN, frame))
        else:
            frame[term] = (value, definition, ((value, None, ()), frame))

    # used by frames and closures ------------------------------------------------------------------

    def decide(self, term: str, frame: Frame) -> Proof:
        """Decide a term on a frame that does not hold it yet."""
        definition = self.program.definitions.get(term)
        if definition is None:
            return self._fact(self.program.vocabulary.facts[term], frame)
        if definition.recursive:
            return self._recursive(term, frame)
        body = self.prover.closure(term)(frame.scope)
        return (body[0], definition, (body, frame))

    def _fact(self, fact: Fact, frame: Frame) -> Proof:
        value = frame.instance.facts.get(fact.term)
        if value is not None:
            return (value, fact, (GIVEN, frame))
        if self.profile is not None and fact.term not in frame.instance.facts:
            value, known = self._assumption(fact, frame)
            if known:
                self.assumed[id(frame.instance), fact.term] = (fact, frame)
                return (value, fact, (ASSUMED, frame))
            if value is not None:
                return (value, fact, (MISSING, frame))
        if fact.type.kind in ("number", "date"):
            return (number(fact.low, fact.high), fact, (MISSING, frame))
        return (None, fact, (MISSING, frame))

    def _assumption(self, fact: Fact, frame: Frame) -> tuple[Value, bool]:
        """What is assumed of a fact, and whether that says anything: a copy of a missing number has its range only."""
        assumed = fact.assume.get(self.profile or "")
        if not isinstance(assumed, SameAs):
            return assumed, assumed is not None
        other = self.program.vocabulary.facts[assumed.term]
        source = frame if other.subject == fact.subject else self.root
        found = source[other.term]
        return found[0], found[0] is not None and found[2][0] is not MISSING

    def _recursive(self, term: str, frame: Frame) -> Proof:
        """Values by the two fixpoints of the reference, then one pass over the rules for their proofs."""
        reference = Reference(self.program, self.root.instance, self.profile, self.supposed)
        decided = reference.recursive_values(term, frame.instance)
        for name, instance, truth in decided:
            other = self.frame(instance)
            other[name] = (truth, self.program.definitions[name], ((truth, None, ()), other))
        for name, instance, truth in decided:
            other = self.frame(instance)
            body = self.prover.closure(name)(other.scope)
            other[name] = (truth, self.program.definitions[name], (body, other))
        return frame[term]

    def rows(self, term: str, frame: Frame) -> tuple[Rows, Extent]:
        """The rows of a relation of a frame, with what is known of their completeness."""
        relation = self.program.vocabulary.relations[term]
        rows = frame.instance.relations.get(term, _NONE)
        assumed = rows.complete is None and relation.assumed(self.profile, len(rows.rows))
        if assumed:
            self.extents[id(frame.instance), term] = (relation, frame)
        return rows, Extent(relation, len(rows.rows), bool(rows.complete) or assumed, assumed)
