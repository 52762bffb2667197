"""Rules of law as engine nodes: cases become choices, exceptions and presumptions become conditions."""

from __future__ import annotations

from tidewaiter.engine import nodes as n
from tidewaiter.engine.types import BOOLEAN, Type, code
from tidewaiter.engine.vocabulary import ROOT
from tidewaiter.library.model import Overlay, Rule

__all__ = ["bound", "lower_rule", "with_addition"]


def lower_rule(rule: Rule, kind: Type) -> n.Node:
    """The rule as one node: `notwithstanding or (requires and rule and not unless)`."""
    node = _body(rule, kind)
    parts = [
        *(part.node for part in rule.requires),
        node,
        *(n.Not(part.node) for part in rule.unless),
    ]
    node = parts[0] if len(parts) == 1 else n.And(tuple(parts))
    despite = tuple(part.node for part in rule.notwithstanding)
    return n.Or((*despite, node)) if despite else node


def _body(rule: Rule, kind: Type) -> n.Node:
    if rule.branches:
        return _choice(rule, kind)
    assert rule.value is not None
    if not rule.presumption:
        return rule.value.node
    rebuttals = tuple(n.Not(n.Established(part.node)) for part in rule.rebutted_by)
    return n.And((rule.value.node, *rebuttals)) if rebuttals else rule.value.node


def _choice(rule: Rule, kind: Type) -> n.Node:
    """Ordered cases as nested choices. Where none holds the value is unknown, never a guess."""
    node: n.Node = n.Const(None, kind)
    for branch in reversed(rule.branches):
        value = branch.value.node
        node = value if branch.when is None else n.Ite(branch.when.node, value, node, kind)
    return node


def bound(condition: n.Node, overlay: Overlay, addressee: str, subject: str) -> n.Node:
    """The condition on a `subject`, where the fact `addressee` names the party that the overlay binds."""
    if not overlay.binds:
        return condition
    kind = code(addressee)
    depth = 0 if subject == ROOT else 1
    who = n.Compare("==", n.Ref(addressee, depth, kind), n.Const(overlay.binds, kind))
    return n.And((who, condition))


def with_addition(node: n.Node, addition: n.Node, kind: Type) -> n.Node:
    """The rule, or what an overlay adds to it."""
    assert kind == BOOLEAN
    return n.Or((node, addition))
