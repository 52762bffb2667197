"""Why an answer is what it is, in a line: the requirement that bites, what clears it, or what is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tidewaiter.base.wording import Wording
from tidewaiter.determine.determination import Citation, Determination, Finding, LayerFinding, ProofNode
from tidewaiter.faces.composition import decider

__all__ = ["Test", "biting", "bound_overlays", "exit_class", "tests_of"]


@dataclass(frozen=True, slots=True)
class Test:
    """A number of the case beside a line of the law: whether it holds, the line, the number, and whose line it is."""

    __test__ = False

    holds: bool | None
    rule: Wording
    found: Wording
    citation: Citation | None


def exit_class(question: str, code: str) -> str:
    """Whether an outcome is clear, a restriction or undetermined."""
    return decider().specification(question).word(code).exit


def biting(finding: LayerFinding) -> tuple[Finding, ...]:
    """The requirements that hold on a layer."""
    return tuple(each for each in finding.requirements if each.value is True)


def bound_overlays(found: Determination, layer: str) -> tuple[Citation, ...]:
    """The overlays of a layer that the layer below has not, those that name this addressee alone where any does."""
    law = decider().law
    addressee = str(found.facts.get(str(law.questions[found.question].get("addressee_fact")), ""))
    binds = {overlay.key: overlay.binds for overlay in law.overlays}
    below: set[str] = set()
    for finding in found.layers:
        if finding.layer == layer:
            own = [each for each in finding.overlays if each.term not in below]
            named = [each for each in own if addressee and binds.get(each.term) == addressee]
            return tuple(named or [each for each in own if not binds.get(each.term)])
        below |= {each.term for each in finding.overlays}
    return ()


def tests_of(root: ProofNode) -> tuple[Test, ...]:
    """The numbers that a proof sets beside a line of the law, each once, in the order of the proof."""
    found: dict[str, Test] = {}
    for node, owner in _walked(root, None):
        if node.kind == "comparison":
            rule, value = (text.partition("  [") for text in (node.text.en, node.text.zh))
            shown = Wording(rule[2].rstrip("]"), value[2].rstrip("]"))
            if any(char.isdigit() for char in shown.en) and "-" not in shown.en:
                found.setdefault(node.text.en, Test(node.value, Wording(rule[0], value[0]), shown, owner))
    return tuple(found.values())


def _walked(node: ProofNode, owner: Citation | None) -> Iterator[tuple[ProofNode, Citation | None]]:
    owner = node.citation or owner
    yield node, owner
    for child in node.children:
        yield from _walked(child, owner)
