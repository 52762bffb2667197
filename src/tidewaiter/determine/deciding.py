"""Deciding a question: one run a layer, then everything that an answer must say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tidewaiter.base.errors import Fault, NameNotFound, QuestionFaults
from tidewaiter.base.wording import Wording
from tidewaiter.determine.cautions import cautions
from tidewaiter.determine.determination import Assumption, Citation, Determination, LayerFinding, ReadingFinding
from tidewaiter.determine.findings import Findings
from tidewaiter.determine.intake import build_case
from tidewaiter.determine.needs import Needs, about
from tidewaiter.determine.phrases import Phrases, origin_of, plain_value
from tidewaiter.determine.proofs import Proofs, rests_on
from tidewaiter.determine.refinement import Supposed, agreed
from tidewaiter.determine.specification import OutcomeWord, Specification, specification
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.prove import Proof, Prover, Run
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.values import OneOf, Value
from tidewaiter.library.model import CONFIDENCES, Law, Overlay
from tidewaiter.library.snapshots import Snapshots

__all__ = ["UNDETERMINED", "Decider", "overlay_citation"]

UNDETERMINED = "undetermined"
"""The engine's word for an outcome that is unknown."""
_EXITS = {"clear": 0, "restriction": 1}
_UNDETERMINED_EXIT = 3
_PROVERS_KEPT = 512


class Decider:
    """Answers questions under one law. Programs and provers are made once per state of the law and kept."""

    def __init__(self, law: Law, snapshots: Snapshots | None = None) -> None:
        self.law = law
        self.snapshots = snapshots or Snapshots(law)
        self.phrases = Phrases(law)
        self.proofs = Proofs(self.phrases)
        self.needs = Needs(self.phrases)
        self._provers: dict[tuple[int, int], Prover] = {}
        self._specifications: dict[str, Specification] = {}
        self._unsettled: dict[int, list[Definition]] = {}
        self._supposing: dict[tuple[int, str], Prover] = {}

    def specification(self, question: str) -> Specification:
        """The composition of a kind of question. Raises NameNotFound."""
        if question not in self.law.questions:
            remedy = nearest(question, self.law.questions) or f"one of {', '.join(self.law.questions)}"
            raise NameNotFound([Fault("question", f"'{question}' is no kind of question", remedy)])
        if question not in self._specifications:
            self._specifications[question] = specification(self.law, question)
        return self._specifications[question]

    def decide(
        self,
        question: str,
        facts: Mapping[str, Any],
        on: dt.date,
        *,
        profile: str | None = None,
        item: Mapping[str, Any] | None = None,
    ) -> Determination:
        """The determination of a question. Raises QuestionFaults with every fault of facts, date and profile."""
        spec = self.specification(question)
        faults = [*self._date_faults(spec, on), *self._profile_faults(profile)]
        try:
            case = build_case(facts, self.law.vocabulary)
        except QuestionFaults as error:
            raise QuestionFaults([*faults, *error.faults]) from None
        if faults:
            raise QuestionFaults(faults)
        runs = self.runs(spec, case, on, profile)
        return _Assembly(self, spec, case, on, profile, runs, facts, item or {}).determination()

    def runs(
        self,
        spec: Specification,
        case: Instance,
        on: dt.date,
        profile: str | None,
        until: str = "",
        supposed: Sequence[Supposed] = (),
    ) -> list[tuple[str, Run]]:
        """One run a layer (up to `until`), each sharing with the one below what is unchanged."""
        found: list[tuple[str, Run]] = []
        for layer, _ in spec.layers:
            program = self.snapshots.at(on, layer)
            prover = self.prover(program, found[-1][1].prover if found else None)
            found.append((layer, Run(prover, program, case, profile, found[-1][1] if found else None)))
            for instance, term, value in supposed:
                found[-1][1].suppose(term, instance, value)
            if layer == until:
                break
        return found

    def refined(
        self, spec: Specification, case: Instance, on: dt.date, profile: str | None, layer: str, run: Run, term: str
    ) -> Value:
        """The value of a term of the transaction; where it is open, the one on which all completions agree."""
        value = run.value(term)
        if isinstance(value, (str, bool)):
            return value

        def again(supposed: Sequence[Supposed]) -> Value:
            return self.runs(spec, case, on, profile, layer, supposed)[-1][1].value(term)

        found = agreed(run.prove(term), run.program, again)
        return value if found is None else found

    def prover(self, program: Program, base: Prover | None) -> Prover:
        """The prover of a program above a base, made once."""
        key = (id(program.definitions), id(base))
        found = self._provers.get(key)
        if found is None:
            if len(self._provers) >= _PROVERS_KEPT:
                self._provers.clear()
                self._supposing.clear()
            found = self._provers[key] = Prover(program, base)
        return found

    def supposing(self, base: Prover, term: str) -> Prover:
        """A prover for runs that suppose another value of a term: what does not rest on it is shared with the base."""
        found = self._supposing.get((id(base), term))
        if found is None:
            found = Prover(base.program, base, base.program.affected_by((term,)))
            self._supposing[id(base), term] = found
        return found

    def unsettled(self, program: Program) -> list[Definition]:
        """The definitions of a program that have several readings, found once."""
        key = id(program.definitions)
        if key not in self._unsettled:
            self._unsettled[key] = [each for each in program.definitions.values() if each.unsettled]
        return self._unsettled[key]

    @staticmethod
    def _date_faults(spec: Specification, on: dt.date) -> Iterator[Fault]:
        if on < spec.begins:
            what = f"{on} lies before the law that is encoded, which begins on {spec.begins}"
            yield Fault("on", what, f"ask about {spec.begins} or later")

    def _profile_faults(self, profile: str | None) -> Iterator[Fault]:
        if profile is not None and profile not in self.law.profiles:
            known = ", ".join(self.law.profiles)
            yield Fault(
                "profile", f"'{profile}' is no profile", nearest(profile, self.law.profiles) or f"one of {known}"
            )


class _Assembly:
    """Puts one determination together from its runs."""

    def __init__(
        self,
        decider: Decider,
        spec: Specification,
        case: Instance,
        on: dt.date,
        profile: str | None,
        runs: list[tuple[str, Run]],
        facts: Mapping[str, Any],
        item: Mapping[str, Any],
    ) -> None:
        self.decider, self.spec, self.case, self.on, self.profile = decider, spec, case, on, profile
        self.runs, self.facts, self.item = runs, facts, item
        self.steps: dict[str, list[Proof]] = {}
        self.touched: dict[str, list[Definition]] = {}
        self.findings = Findings(decider.phrases, decider.proofs, spec, case)

    def determination(self) -> Determination:
        spec, decider = self.spec, self.decider
        values = {layer: self._refined(layer, run, spec.outcome) for layer, run in self.runs}
        self.touched = {layer: self._unsettled(run) for layer, run in self.runs}
        layers = tuple(self._layer(layer, run, values[layer]) for layer, run in self.runs)
        headline = self._headline(values)
        run = dict(self.runs)[headline]
        proof = run.prove(spec.outcome)
        code = self._code(values[headline])
        word = spec.word(code)
        open_outcome = code == UNDETERMINED
        restricted, clear = spec.codes("restriction"), spec.codes("clear")
        readings = tuple(self._readings(headline, values))
        sources = self._sources()
        return Determination(
            question=spec.name,
            on=self.on,
            profile=self.profile or "",
            facts=self.facts,
            item=self.item,
            outcome=code,
            title=word.title,
            exit_code=_EXITS.get(word.exit, _UNDETERMINED_EXIT),
            headline=headline,
            layers=layers,
            differing=tuple(finding.layer for finding in layers if finding.outcome != code),
            assumptions=tuple(self._assumptions()),
            to_restriction=decider.needs.toward(proof, restricted) if open_outcome else (),
            to_clearance=decider.needs.toward(proof, clear) if word.exit != "clear" else (),
            missing=decider.needs.all_missing(proof) if open_outcome else (),
            readings=readings,
            sources=sources,
            confidence=self._confidence(headline),
            warnings=tuple(self._warnings(readings, headline, word)),
            law_digest=decider.law.digest,
        )

    # outcome --------------------------------------------------------------------------------------

    def _refined(self, layer: str, run: Run, term: str) -> Value:
        return self.decider.refined(self.spec, self.case, self.on, self.profile, layer, run, term)

    def _varied(self, layer: str, readings: Mapping[str, str]) -> Value:
        """The outcome of the case on one layer under other readings; what they leave untouched is shared."""
        run = dict(self.runs)[layer]
        program = self.decider.snapshots.at(self.on, layer, readings)
        prover = self.decider.prover(program, run.prover)
        return Run(prover, program, self.case, self.profile, run).value(self.spec.outcome)

    @staticmethod
    def _code(value: Value) -> str:
        return value if isinstance(value, str) else UNDETERMINED

    def _headline(self, values: Mapping[str, Value]) -> str:
        """The enforced layer, and on top of it the addressee's where that differs."""
        binding = self.spec.when_binding
        if binding and values.get(binding) != values[self.spec.headline]:
            return binding
        return self.spec.headline

    def _layer(self, layer: str, run: Run, value: Value) -> LayerFinding:
        proof = run.prove(self.spec.outcome)
        steps = [step for step in rests_on(proof) if isinstance(step[1], Definition)]
        self.steps[layer] = steps
        title = dict(self.spec.layers)[layer]
        possible = sorted(value.codes) if isinstance(value, OneOf) else []
        outcome = self._code(value)
        listed = self.findings.listed(run, outcome, lambda term: self._refined(layer, run, term))
        return LayerFinding(
            layer,
            title,
            outcome,
            tuple(possible),
            lambda: self.decider.proofs.draw(proof),
            *listed,
            overlays=tuple(self._overlays(steps, run)),
            presumption=any(step[1].presumption and step[0] is True for step in steps),
        )

    @staticmethod
    def _overlays(steps: list[Proof], run: Run) -> Iterator[Citation]:
        """The overlays that change what a decisive step of the proof says on the layer below."""
        seen: set[str] = set()
        for value, definition, (_, frame) in steps:
            base = run.base
            overlays = origin_of(definition).overlays
            if not overlays or base is None or base.frame(frame.instance)[definition.term][0] == value:
                continue
            for overlay in overlays:
                if overlay.key not in seen:
                    seen.add(overlay.key)
                    yield overlay_citation(overlay)

    # what the answer rests on ---------------------------------------------------------------------

    def _assumptions(self) -> Iterator[Assumption]:
        run = self.runs[-1][1]
        first = self.runs[0][1]
        for fact, frame in {**first.assumed, **run.assumed}.values():
            value = plain_value(frame[fact.term][0], fact.type)
            yield Assumption(fact.term, about(frame), value, fact.ask or fact.title, fact.who, self.profile or "")
        for relation, frame in {**first.extents, **run.extents}.values():
            title = relation.title
            ask = Wording(f"Is the list complete: {title.en}?", f"清单是否完整：{title.zh}？")
            yield Assumption(relation.term, about(frame), "complete", ask, "", self.profile or "")

    def _readings(self, headline: str, values: Mapping[str, Value]) -> Iterator[ReadingFinding]:
        """Each unsettled provision that the headline's proof looked at; then those that matter only to other layers."""
        seen: set[str] = set()
        for layer, _ in sorted(self.runs, key=lambda each: each[0] != headline):
            for definition in self.touched[layer]:
                if definition.term not in seen:
                    found = self._reading(definition, layer, values[layer])
                    if layer == headline or found.matters:
                        seen.add(definition.term)
                        yield found

    def _unsettled(self, run: Run) -> list[Definition]:
        """The definitions with readings that were decided on the way to the outcome."""
        return [each for each in self.decider.unsettled(run.program) if run.decided(each.term)]

    def _reading(self, definition: Definition, layer: str, value: Value) -> ReadingFinding:
        version, provision = origin_of(definition).version, origin_of(definition).provision
        assert version is not None
        outcomes = []
        for reading in version.readings:
            chosen = {definition.term: reading.name}
            found = value if reading.name == version.default_reading else self._varied(layer, chosen)
            outcomes.append((reading.name, reading.says, self._code(found)))
        matters = len({outcome for _, _, outcome in outcomes}) > 1
        return ReadingFinding(
            definition.term,
            provision.title,
            version.citation,
            version.why,
            version.default_reading,
            tuple(outcomes),
            matters,
            layer,
        )

    def _sources(self) -> tuple[Citation, ...]:
        found: dict[tuple[str, str], Citation] = {}
        for steps in self.steps.values():
            for step in steps:
                citation = self.decider.proofs.citation(step[1])
                found.setdefault((citation.term, str(citation.since)), citation)
        return tuple(found.values())

    def _confidence(self, headline: str) -> str:
        """The weakest confidence that the headline rests on, the item's figures included."""
        held = [
            self.decider.proofs.citation(step[1]).confidence
            for step in self.steps[headline]
            if origin_of(step[1]).version is not None
        ]
        held += [str(self.item["confidence"])] if self.item.get("confidence") else []
        return min(held, key=CONFIDENCES.index, default=CONFIDENCES[-1])

    def _warnings(self, readings: tuple[ReadingFinding, ...], headline: str, word: OutcomeWord) -> Iterator[Wording]:
        if self.on > self.spec.checked_through:
            day = self.spec.checked_through
            yield Wording(
                f"The law was last checked on {day}; changes after that day are not in this answer.",
                f"法律最后核对于{day}；此后的变化未反映在本答案中。",
            )
        yield from cautions(self.decider, self.spec, self.runs[-1][1], self.on, self.profile, word)
        for reading in readings:
            if reading.matters and reading.layer == headline:
                yield Wording(
                    f"Unsettled law decides this answer: {reading.title.en} ({reading.citation}).",
                    f"本答案取决于尚无定论的法律：{reading.title.zh}（{reading.citation}）。",
                )


def overlay_citation(overlay: Overlay) -> Citation:
    """An overlay as an answer cites it."""
    source = overlay.source
    return Citation(
        overlay.key,
        overlay.title,
        "; ".join(source.instruments),
        source.instruments,
        overlay.start,
        source.confidence,
        source.checked,
        overlay.layer,
        source.says,
    )
