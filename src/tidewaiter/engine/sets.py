"""Set algebra over codes: `(D1 | D4) - {CY}` as nodes."""

from __future__ import annotations

import ast
from typing import Literal

from tidewaiter.base.errors import Fault, LawFaults
from tidewaiter.engine.nodes import SetCodes, SetName, SetNode, SetOp
from tidewaiter.engine.syntax import Place, nearest, read_expression
from tidewaiter.engine.vocabulary import Vocabulary

__all__ = ["group_names", "lower_set", "parse_set"]

_SetSign = Literal["|", "&", "-"]
_SIGNS: dict[type[ast.operator], _SetSign] = {ast.BitOr: "|", ast.BitAnd: "&", ast.Sub: "-"}
_NOTHING = SetCodes(frozenset())


def parse_set(text: str, vocabulary: Vocabulary, domain: str, place: Place) -> SetNode:
    """Read a set expression over a domain. Raises LawFaults with place and remedy."""
    tree = read_expression(text, place)
    if isinstance(tree, Fault):
        raise LawFaults([tree])
    fault, node = lower_set(tree, vocabulary, domain)
    if fault:
        raise LawFaults([Fault(place.at(tree.col_offset), *fault)])
    return node


def lower_set(tree: ast.expr, vocabulary: Vocabulary, domain: str) -> tuple[tuple[str, str] | None, SetNode]:
    """A syntax tree as a set: (fault as what and remedy, or None; the set)."""
    match tree:
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _SIGNS:
            left_fault, a = lower_set(left, vocabulary, domain)
            right_fault, b = lower_set(right, vocabulary, domain)
            return left_fault or right_fault, SetOp(_SIGNS[type(op)], a, b)
        case ast.Set(elts=elements):
            return _codes(elements, vocabulary, domain)
        case ast.Name(id=name):
            return _group(name, vocabulary, domain)
    return (f"'{ast.unparse(tree)[:60]}' is no set", "group names, {A, B}, and | & -"), _NOTHING


def _codes(elements: list[ast.expr], vocabulary: Vocabulary, domain: str) -> tuple[tuple[str, str] | None, SetNode]:
    known = vocabulary.domains[domain].codes
    found = []
    for element in elements:
        text = str(element.value) if isinstance(element, ast.Constant) else ast.unparse(element)
        if text not in known:
            return (f"'{text}' is no code of {domain}", nearest(text, known)), _NOTHING
        found.append(text)
    return None, SetCodes(frozenset(found))


def _group(name: str, vocabulary: Vocabulary, domain: str) -> tuple[tuple[str, str] | None, SetNode]:
    own = vocabulary.groups.get(name)
    if own is None:
        return (f"'{name}' is no group", nearest(name, vocabulary.groups)), _NOTHING
    if own != domain:
        return (f"'{name}' is a group of {own}, not of {domain}", ""), _NOTHING
    return None, SetName(name)


def group_names(node: SetNode) -> frozenset[str]:
    """The names of the groups that a set is built from."""
    if isinstance(node, SetName):
        return frozenset((node.name,))
    return frozenset() if isinstance(node, SetCodes) else group_names(node.left) | group_names(node.right)
