"""Do the rules of the whole law fit together? Cases that overlap, leave gaps or can never be chosen; idle conditions.

    python -m tidewaiter.library.consistency

Every version, overlay and reading is asked on each state of the law while it is in force, on every layer, with the
solver's bounds. Cases must have no gap (unless `otherwise`), unordered ones must not overlap. A case that can never be
chosen, or a condition that mentions facts and is yet always true or always false, is a finding when that is so on every
day and layer; one state in which it is not settles it. Other unsettled terms are read by their default, and before
something is called idle each of them the other way, one at a time.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tidewaiter.base.errors import LawFaults, LimitExceeded
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.library.loader import load_law
from tidewaiter.library.lowering import lower_rule
from tidewaiter.library.model import Law, Origin, Overlay, Provision, Rule, Version
from tidewaiter.library.snapshots import TEXT_LAYER, Snapshots

if TYPE_CHECKING:
    from tidewaiter.engine.solve.answers import Answer, Bounds
    from tidewaiter.engine.solve.inquiry import Inquiry

__all__ = ["Finding", "Report", "check_consistency", "main"]

_Kind = Literal[
    "overlap", "gap", "never chosen", "always true", "never true", "not decided", "never given", "open law decides"
]
_NOTES: frozenset[_Kind] = frozenset(("never given", "not decided", "open law decides"))

_Chosen = tuple[tuple[str, str], ...]
_LAYERS = (TEXT_LAYER, "enforced", "addressee")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit: where (file and version), what, and facts that show it where there are such."""

    kind: _Kind
    where: str
    what: str
    example: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.kind}: {self.what}"
        return f"{text}\n    for example {self.example}" if self.example else text


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, how many rules, states of the law and queries it took, the bounds, and the seconds."""

    findings: tuple[Finding, ...]
    rules: int
    states: int
    queries: int
    bounds: Bounds
    seconds: float

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that must not be in a law."""
        return tuple(finding for finding in self.findings if finding.kind not in _NOTES)

    def __str__(self) -> str:
        counted = f"{self.rules} rules, {self.states} states of the law, {self.queries} queries, {self.seconds:.0f} s"
        lines = [str(finding) for finding in self.findings]
        return "\n".join([*lines, f"{counted}; {len(self.faults)} faults", f"Bounds: {self.bounds}"])


@dataclass(frozen=True, slots=True)
class _InForce:
    """A rule and the states of the law in which it holds: from a day on, on some layers, under a reading of its own."""

    where: str
    provision: Provision
    rule: Rule
    start: dt.date
    stop: dt.date | None
    layers: tuple[str, ...]
    reading: str = ""

    @property
    def chosen(self) -> _Chosen:
        """The reading of its term under which it is the rule, where the rule asks for its own term."""
        return ((self.provision.term, self.reading),) if self.reading and self.provision.recursive else ()

    def holds(self, day: dt.date, layer: str) -> bool:
        return layer in self.layers and self.start <= day and (self.stop is None or day < self.stop)


@dataclass(slots=True, eq=False)
class _Question:
    """Something to find out about a rule. `expected`: that there are such facts; otherwise they are a fault.

    `condition` is what has to hold for them to be found, as one expression.
    """

    rule: _InForce
    kind: _Kind
    what: str
    condition: n.Node
    put: Callable[[Inquiry], Answer]
    expected: bool = True
    settled: bool = False
    undecided: str = ""
    asked: set[object] = field(default_factory=set)

    def open_on(self, day: dt.date, layer: str) -> bool:
        """Whether it is still to be asked of a state of the law."""
        return not self.settled and self.rule.holds(day, layer)

    def is_new(self, program: Program) -> bool:
        """Whether nothing that the answer hangs on was asked before, and facts have a say in it."""
        from tidewaiter.engine.solve.relevance import relevant_terms, signature

        terms, vocabulary = relevant_terms(program, [self.condition]), program.vocabulary
        found = signature(program, [self.condition])
        if found in self.asked or not any(term in vocabulary.facts or term in vocabulary.relations for term in terms):
            return False
        self.asked.add(found)
        return True

    def other_readings(self, program: Program) -> Iterator[_Chosen]:
        """The readings, other than the default, of the other terms that it rests on."""
        from tidewaiter.engine.solve.relevance import relevant_terms

        for term in sorted(relevant_terms(program, [self.condition]) & program.definitions.keys()):
            origin = program.definitions[term].origin
            version = origin.version if isinstance(origin, Origin) and term != self.rule.provision.term else None
            if version is not None:
                names = (reading.name for reading in version.readings if reading.name != version.default_reading)
                yield from (((term, name),) for name in names)

    def left_open(self, inquiry: Inquiry) -> Answer:
        """Facts, all stated, under which only what the law leaves unknown keeps the condition from holding."""
        return inquiry.can_hold(self.condition, None, self.rule.provision.subject, concise=False)


def check_consistency(law: Law, bounds: Bounds | None = None) -> Report:
    """Put every question about every rule of the law. Needs Z3 (the extra `solve`)."""
    from tidewaiter.engine.solve import Bounds

    start, bounds = time.perf_counter(), bounds or Bounds()
    rules = list(_rules(law))
    run = _Run(Snapshots(law), [question for rule in rules for question in _questions(rule)])
    findings = [finding for way in _rounds(bounds) for finding in run.round(way)]
    findings += [_unsettled(question) for question in run.questions if not question.settled and _matters(question)]
    findings += _never_given(law)
    return Report(tuple(findings), len(rules), len(run.states), run.queries, bounds, time.perf_counter() - start)


# rules --------------------------------------------------------------------------------------------


def _rules(law: Law) -> Iterator[_InForce]:
    for provision in law.provisions.values():
        stops = [*(later.start for _, later in pairwise(provision.versions)), None]
        for version, stop in zip(provision.versions, stops, strict=True):
            where = f"{provision.name}.yaml (from {version.start})"
            yield from _readings(where, provision, version, (version.start, version.stop or stop), _LAYERS)
    for overlay in law.overlays:
        yield from _changes(law, overlay)


def _changes(law: Law, overlay: Overlay) -> Iterator[_InForce]:
    layers = _LAYERS[_LAYERS.index(overlay.layer) :]
    for verb, changed in (("replaces", overlay.replaces), ("adds", overlay.adds)):
        for term, version in changed.items():
            where = f"{overlay.name}.yaml ({verb} {term})"
            yield from _readings(where, law.provisions[term], version, (overlay.start, overlay.stop), layers)


def _readings(
    where: str,
    provision: Provision,
    version: Version,
    span: tuple[dt.date, dt.date | None],
    layers: tuple[str, ...],
) -> Iterator[_InForce]:
    for reading in version.readings:
        yield _InForce(f"{where}, reading {reading.name}", provision, reading.rule, *span, layers, reading.name)
    if not version.readings:
        yield _InForce(where, provision, version.rule, *span, layers)


# questions ----------------------------------------------------------------------------------------


def _questions(rule: _InForce) -> Iterator[_Question]:
    if rule.rule.branches:
        yield from _about_cases(rule)
    elif rule.provision.type == BOOLEAN:
        yield from _about_condition(rule)


def _about_cases(rule: _InForce) -> Iterator[_Question]:
    subject, branches = rule.provision.subject, rule.rule.branches
    nodes = tuple(branch.when.node for branch in branches if branch.when is not None)
    none = n.And(tuple(n.Not(node) for node in nodes))
    if not rule.rule.ordered:
        yield _Question(rule, "overlap", "two cases hold", none, lambda q: q.overlap(nodes, subject), False)
    if len(nodes) == len(branches):
        yield _Question(rule, "gap", "no case holds", none, lambda q: q.gap(nodes, subject), False)
    for index, branch in enumerate(branches):
        earlier = tuple(n.Not(node) for node in nodes[:index])
        chosen = n.And((*earlier, branch.when.node)) if branch.when is not None else none
        shown = "otherwise" if branch.when is None else branch.when.text
        yield _condition(rule, "never chosen", f"case {index + 1}, {shown}", chosen, True)


def _about_condition(rule: _InForce) -> Iterator[_Question]:
    whole = lower_rule(rule.rule, BOOLEAN)
    conditions = [(whole, "the rule as a whole")]
    if rule.rule.value is not None:
        own = (rule.rule.value.node, rule.rule.value.text)
        conditions = [own] if whole is own[0] else [*conditions, own]
    for node, shown in conditions:
        yield _condition(rule, "never true", shown, node, True)
        yield _condition(rule, "always true", shown, node, False)


def _condition(rule: _InForce, kind: _Kind, shown: str, node: n.Node, truth: bool) -> _Question:
    """Asks for facts under which a condition comes to a truth."""

    def put(inquiry: Inquiry) -> Answer:
        return inquiry.can_hold(node, truth, rule.provision.subject, concise=False)

    return _Question(rule, kind, shown, node, put)


# asking -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Round:
    """One way of asking: `good` only what should be found, `open_law` whether law left unknown decides.

    `tries`: in how many states of the law, a layer, that differ for the rule. `readings`: with one other unsettled term
    read against its default.
    """

    bounds: Bounds
    good: bool = True
    open_law: bool = False
    tries: int = sys.maxsize
    readings: bool = False


def _rounds(bounds: Bounds) -> Iterator[_Round]:
    """Most rules show within small bounds that they work; what is left is asked in full, then with facts missing."""
    small = replace(bounds, rows=1, depth=min(1, bounds.depth))
    yield _Round(small, tries=1)
    yield _Round(replace(small, missing="never"), open_law=True, tries=1)
    yield _Round(small)
    yield _Round(bounds, readings=True)
    yield _Round(bounds, good=False)
    yield _Round(replace(bounds, missing="always"))


class _Run:
    """Asks questions in one state of the law after another, each only until it is settled."""

    def __init__(self, snapshots: Snapshots, questions: list[_Question]) -> None:
        self.snapshots, self.questions = snapshots, questions
        self.states: set[tuple[dt.date, str]] = set()
        self.queries = 0

    def round(self, way: _Round) -> Iterator[Finding]:
        """What a round of all open questions brings out; the text first, the latest law first: most stand in it."""
        asking = [each for each in self.questions if not each.settled and (each.expected or not way.good)]
        for question in asking:
            question.asked.clear()
            question.undecided = ""
        for layer in _LAYERS:
            tried = {id(each): len(each.asked) for each in asking}
            for day in reversed(self.snapshots.dates):
                open_ones = [each for each in asking if each.open_on(day, layer)]
                fresh = [each for each in open_ones if len(each.asked) - tried[id(each)] < way.tries]
                yield from self._state(day, layer, way, fresh)

    def _state(self, day: dt.date, layer: str, way: _Round, asking: list[_Question]) -> Iterator[Finding]:
        for chosen, questions in self._by_readings(day, layer, way, asking).items():
            program = self.snapshots.at(day, layer, dict(chosen))
            fitting = [each for each in questions if not each.settled and each.is_new(program)]
            if fitting:
                self.states.add((day, layer))
                yield from self._asked(program, f"{day}, {layer}", way, fitting)

    def _by_readings(
        self, day: dt.date, layer: str, way: _Round, asking: list[_Question]
    ) -> dict[_Chosen, list[_Question]]:
        found: dict[_Chosen, list[_Question]] = {}
        for question in asking:
            own, others = question.rule.chosen, list[_Chosen]([()])
            if way.readings:
                program = self.snapshots.at(day, layer, dict(own))
                others = list(question.other_readings(program)) if question.is_new(program) else []
            for other in others:
                found.setdefault((*own, *other), []).append(question)
        return found

    def _asked(self, program: Program, state: str, way: _Round, asking: list[_Question]) -> Iterator[Finding]:
        from tidewaiter.engine.solve import inquire

        inquiry = inquire(program, None, way.bounds)
        for question in asking:
            self.queries += 1
            try:
                answer = question.left_open(inquiry) if way.open_law else question.put(inquiry)
            except LimitExceeded as error:
                question.undecided = str(error)
                continue
            if answer.verdict == "undecided":
                question.undecided = f"on {state}: {answer.why}"
            elif answer.verdict == "found":
                question.settled = True
                yield from _found(question, answer, state, way)


# findings -----------------------------------------------------------------------------------------


def _found(question: _Question, answer: Answer, state: str, way: _Round) -> Iterator[Finding]:
    where = f"{question.rule.where}, on {state}"
    if way.open_law:
        yield Finding("open law decides", question.rule.where, f"{question.what}; else {question.kind}")
    elif not question.expected:
        cases = f" ({', '.join(str(i + 1) for i in answer.which)})" if answer.which else ""
        yield Finding(question.kind, where, question.what + cases, str(answer.witness))


def _matters(question: _Question) -> bool:
    return bool(question.undecided) or (question.expected and bool(question.asked))


def _unsettled(question: _Question) -> Finding:
    if question.undecided:
        return Finding("not decided", question.rule.where, f"{question.kind}: {question.what}; {question.undecided}")
    return Finding(question.kind, question.rule.where, question.what)


def _never_given(law: Law) -> Iterator[Finding]:
    """Codes of a domain of a provision's own that none of its versions and overlays can yield."""
    for provision in law.provisions.values():
        if provision.type.domain != provision.term:
            continue
        values = list(_values(law, provision))
        if all(isinstance(value, n.Const) for value in values):
            given = {value.value for value in values if isinstance(value, n.Const)}
            missing = [code for code in law.vocabulary.domains[provision.term].codes if code not in given]
            if missing:
                yield Finding("never given", f"{provision.name}.yaml", ", ".join(missing))


def _values(law: Law, provision: Provision) -> Iterator[n.Node]:
    if provision.before is not None:
        yield provision.before.node
    for rule in _rules(law):
        if rule.provision is provision:
            yield from (branch.value.node for branch in rule.rule.branches)
            if rule.rule.value is not None:
                yield rule.rule.value.node


def main() -> int:
    """Check the shipped law and print what was found; 1 when there are faults, 2 when the law cannot be read."""
    try:
        law = load_law()
    except LawFaults as error:
        print(error)
        return 2
    report = check_consistency(law)
    print(report)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
