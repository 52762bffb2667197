"""Why an answer is what it is, in a line: the requirement that bites, what clears it, or what is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tidewaiter.base.wording import Wording
from tidewaiter.determine.determination import Citation, Determination, Finding, LayerFinding, ProofNode
from tidewaiter.engine import nodes as n
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
            general = [each for each in own if not binds.get(each.term)]
            return tuple(named or _felt(found, finding, general))
        below |= {each.term for each in finding.overlays}
    return ()


def _felt(found: Determination, finding: LayerFinding, overlays: list[Citation]) -> list[Citation]:
    """Of several overlays those that reach a requirement on which this layer and the one below disagree."""
    keys = [each.layer for each in found.layers]
    index = keys.index(finding.layer)
    if index == 0 or len(overlays) < 2:
        return overlays
    values = [{each.term: each.value for each in layer.requirements} for layer in found.layers[index - 1 : index + 1]]
    differing = {term for term in values[0].keys() | values[1].keys() if values[0].get(term) != values[1].get(term)}
    reached = _reached(differing, found, finding.layer)
    law = decider().law
    touched = {overlay.key: {*overlay.replaces, *overlay.adds} for overlay in law.overlays}
    return [each for each in overlays if touched.get(each.term, set()) & reached] or overlays


def _reached(terms: set[str], found: Determination, layer: str) -> set[str]:
    """The terms and everything that their rules name, however far down."""
    definitions = decider().snapshots.at(found.on, layer).definitions
    reached: set[str] = set()
    waiting = list(terms)
    while waiting:
        term = waiting.pop()
        if term in reached or term not in definitions:
            continue
        reached.add(term)
        waiting += [node.term for node in n.walk(definitions[term].node) if isinstance(node, n.Ref)]
    return reached


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
