"""Answers: determinations that can be written as JSON and looked at on another layer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault
from tidewaiter.determine.determination import Determination
from tidewaiter.engine.syntax import nearest

if TYPE_CHECKING:
    from tidewaiter.determine.deciding import Decider
    from tidewaiter.determine.specification import Specification

__all__ = ["STRICTEST", "Answer", "layer_faults", "on_layer"]

STRICTEST = "strictest"
"""Instead of a layer: the one whose outcome is the most severe."""
_EXITS = {"clear": 0, "restriction": 1}
_OPEN_EXIT = 3


@dataclass(frozen=True, slots=True)
class Answer(Determination):
    """A determination as faces hand it out."""

    @classmethod
    def of(cls, found: Determination, **changes: Any) -> Answer:
        """The determination as an answer, with some fields changed."""
        return cls(**{field.name: getattr(found, field.name) for field in fields(found)} | changes)

    def to_json(self, *, proof: bool = False) -> dict[str, Any]:
        """Plain data with `schema_version`, the same as `tidewaiter check --json` prints; `proof` adds the trees."""
        from tidewaiter.determine.rendering import json_of

        return json_of(self, proof=proof)


def layer_faults(layer: str, spec: Specification) -> list[Fault]:
    """What is wrong with the name of a layer; empty text names none."""
    known = [*(key for key, _ in spec.layers), STRICTEST]
    if not layer or layer in known:
        return []
    remedy = nearest(layer, known) or f"one of {', '.join(known)}"
    return [Fault("layer", f"'{layer:.60}' is no layer of this question", remedy)]


def on_layer(answer: Answer, layer: str, own: Decider) -> Answer:
    """The answer with another layer (or the strictest) as its headline. KeyError for an unknown layer."""
    if layer == STRICTEST:
        layer = _strictest(answer, own)
    if layer == answer.headline:
        return answer
    return Answer.of(answer, headline=layer, **_of_layer(answer, layer, own))


def _strictest(answer: Answer, own: Decider) -> str:
    """The layer with the most severe outcome; what is open counts as less than any restriction."""
    words = own.specification(answer.question).outcomes
    restrictions = [word.code for word in words if word.exit == "restriction"]
    clear = [word.code for word in words if word.exit == "clear"]
    order = [*restrictions, words[-1].code, *clear]
    return min(answer.layers, key=lambda finding: order.index(finding.outcome)).layer


def _of_layer(answer: Answer, layer: str, own: Decider) -> dict[str, Any]:
    """The fields of an answer that depend on its headline."""
    from tidewaiter.determine.intake import build_case
    from tidewaiter.determine.proofs import rests_on
    from tidewaiter.engine.program import Definition
    from tidewaiter.library.model import CONFIDENCES

    spec = own.specification(answer.question)
    code = answer.layer(layer).outcome
    word = spec.word(code)
    case = build_case(answer.facts, own.law.vocabulary)
    runs = dict(own.runs(spec, case, answer.on, answer.profile or None))
    proof = runs[layer].prove(spec.outcome)
    cited = [own.proofs.citation(step[1]) for step in rests_on(proof) if isinstance(step[1], Definition)]
    held = [each.confidence for each in cited if each.since] + [str(answer.item.get("confidence") or CONFIDENCES[-1])]
    is_open = word.exit not in _EXITS
    return {
        "outcome": code,
        "title": word.title,
        "exit_code": _EXITS.get(word.exit, _OPEN_EXIT),
        "differing": tuple(each.layer for each in answer.layers if each.outcome != code),
        "to_restriction": own.needs.toward(proof, spec.codes("restriction")) if is_open else (),
        "to_clearance": own.needs.toward(proof, spec.codes("clear")) if word.exit != "clear" else (),
        "missing": own.needs.all_missing(proof) if is_open else (),
        "confidence": min(held, key=CONFIDENCES.index),
    }
