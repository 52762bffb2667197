"""What a determination lists beside its outcome: classification, requirements, exceptions, review, duties, flags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tidewaiter.determine.determination import ExceptionFinding, Finding
from tidewaiter.determine.needs import about
from tidewaiter.determine.phrases import Phrases, plain_value
from tidewaiter.determine.proofs import Proofs
from tidewaiter.determine.specification import Listed, Specification
from tidewaiter.engine.facts import Instance, reachable
from tidewaiter.engine.program import Definition
from tidewaiter.engine.prove import Frame, Proof, Run
from tidewaiter.engine.types import Type
from tidewaiter.engine.values import Value
from tidewaiter.engine.vocabulary import ROOT, subject_of

__all__ = ["Findings", "Listing"]

Listing = tuple[
    tuple[Finding, ...],
    tuple[Finding, ...],
    tuple[ExceptionFinding, ...],
    tuple[Finding, ...],
    tuple[Finding, ...],
    tuple[Finding, ...],
    tuple[Finding, ...],
]


class Findings:
    """Reads the listed terms off a run."""

    def __init__(self, phrases: Phrases, proofs: Proofs, spec: Specification, case: Instance) -> None:
        self.phrases, self.proofs, self.spec = phrases, proofs, spec
        self._instances: dict[str, list[Instance]] = {}
        self._made: dict[int, tuple[Proof, Finding]] = {}
        for instance in reachable(case):
            self._instances.setdefault(instance.subject, []).append(instance)

    def listed(self, run: Run, outcome: str, refine: Callable[[str], Value]) -> Listing:
        """Classification, requirements, exceptions, review, obligations, red flags and notes, in this order.

        `refine` decides an open term of the transaction by its completions.
        """
        spec = self.spec
        restricted = self.spec.word(outcome).exit != "clear"
        return (
            tuple(self._each(run, spec.classification, drop=())),
            tuple(self._refined(self._each(run, spec.requirements, drop=(False,)), refine)),
            tuple(self._exception(run, listed) for listed in spec.exceptions) if restricted else (),
            tuple(self._each(run, spec.review, drop=(False,))) if restricted else (),
            tuple(self._each(run, spec.obligations, drop=(False, None))),
            tuple(self._each(run, spec.red_flags, drop=(False, None))),
            tuple(self._each(run, spec.notes, drop=(False, None))),
        )

    def _each(self, run: Run, listed: tuple[Listed, ...], drop: tuple[bool | None, ...]) -> Iterator[Finding]:
        for each in listed:
            for frame in self._frames(run, each.term):
                proof = frame[each.term]
                if proof[0] not in drop:
                    yield self._finding(proof, each.term, about(frame))

    @staticmethod
    def _refined(findings: Iterator[Finding], refine: Callable[[str], Value]) -> Iterator[Finding]:
        for finding in findings:
            value = refine(finding.term) if finding.value is None and not finding.about else finding.value
            if value is not False:
                yield replace(finding, value=value)

    def _frames(self, run: Run, term: str) -> list[Frame]:
        subject = subject_of(term)
        return [run.root] if subject == ROOT else [run.frame(each) for each in self._instances.get(subject, ())]

    def _finding(self, proof: Proof, term: str, subject: str) -> Finding:
        """The finding of a proof; layers that share the proof share the finding."""
        held = self._made.get(id(proof))
        if held is None:
            held = self._made[id(proof)] = (proof, self._found(proof, term, subject))
        return held[1]

    def _found(self, proof: Proof, term: str, subject: str) -> Finding:
        what = proof[1]
        kind: Type = what.type
        citation = self.proofs.citation(what) if isinstance(what, Definition) else None
        unit = self.phrases.unit(kind, "en") if kind.kind == "number" else ""
        return Finding(term, self.phrases.title(term), subject, plain_value(proof[0], kind), unit, citation)

    def _exception(self, run: Run, listed: Listed) -> ExceptionFinding:
        proof = run.root[listed.term]
        conditions = tuple(self._finding(run.root[term], term, "") for term in listed.conditions)
        failed = proof[0] is False and any(each.value is False for each in conditions)
        status = "available" if proof[0] is True else "failed" if failed or not _may_hold(proof, conditions) else "open"
        main = self._finding(proof, listed.term, "")
        return ExceptionFinding(listed.term, listed.name, main.title, status, conditions, main.citation)


def _may_hold(proof: Proof, conditions: tuple[Finding, ...]) -> bool:
    """Whether an exception that is not shown could still be shown: some of its conditions are unknown."""
    return proof[0] is None or any(each.value is None for each in conditions)
