"""Looks for law in Python: thresholds, dates, countries, groups, outcomes, terms, roles, citations."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterator

from tests.house.law_words import LawWords, is_distinctive
from tests.house.source import Module

__all__ = ["ALSO_ELSEWHERE", "law_in"]

ALSO_ELSEWHERE = {
    "count": "how many, of anything",
    "kind": "a key of law files and of every tagged record",
    "none": "no value",
    "other": "the rest, of anything",
    "outcome": "a key of a determination as printed",
    "published": "a meta tag of web pages",
    "AS": "SQL",
    "BY": "SQL",
    "GB": "gigabyte",
    "ID": "a column's name",
    "IN": "SQL",
    "IS": "SQL",
}
"""Words of the law that code uses in another sense. Each was looked at; add one only with its other sense."""

_LOOKUPS = frozenset({"get", "pop", "setdefault", "value"})

_CITATION = re.compile(
    r"\b\d+\s+(?:FR|Fed\.?\s?Reg\.?|CFR|C\.F\.R\.|USC|U\.S\.C\.|Stat\.)\s+(?:part\s+)?§{0,2}\s?\d+"
    r"|\bE\.?O\.? 1[34]\d{3}\b|\bPub\. ?L\. ?\d+|\b[0-9][A-E][0-9]{3}\b"
)


def law_in(module: Module, words: LawWords) -> list[str]:
    """The law that stands in a module's code, one line each; docstrings and comments are not code."""
    finder = _Finder(words)
    finder.visit(module.tree)
    return [f"{module.path}:{line}: {what}" for line, what in sorted(set(finder.found))]


class _Finder(ast.NodeVisitor):
    """Collects (line, what) while walking a syntax tree."""

    def __init__(self, words: LawWords) -> None:
        self.words = words
        self.found: list[tuple[int, str]] = []

    def _add(self, node: ast.expr, what: str) -> None:
        self.found.append((node.lineno, what))

    # where words count as law even though they are common ------------------------------------------

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring is for readers
            self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        for side in sides:
            self._words_used(side, self.words.codes)
        if any(_tail(side) in self.words.number_names - set(ALSO_ELSEWHERE) for side in sides):
            for side in sides:
                if (number := _number(side)) is not None and number not in (0.0, 1.0):
                    self._add(side, f"number compared with a quantity of the law: {number:g}")
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        for key in node.keys:
            if key is not None:
                self._words_used(key)
        self.generic_visit(node)

    def visit_Set(self, node: ast.Set) -> None:
        self._words_used(node)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._words_used(node.slice)
        self.generic_visit(node)

    def visit_MatchValue(self, node: ast.MatchValue) -> None:
        self._words_used(node.value, self.words.codes)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if (
            isinstance(node.func, ast.Attribute)
            and node.args
            and node.func.attr in ("get", "pop", "value", "setdefault")
        ):
            self._words_used(node.args[0])
        if (day := _day(node)) and day in self.words.dates:
            self._add(node, f"date of the law: {day}")
        self.generic_visit(node)

    def _words_used(self, node: ast.expr, more: frozenset[str] = frozenset()) -> None:
        """Words in a comparison, a membership, a key: single words of the law count here too."""
        for text in _texts(node):
            if text.value in self.words.terms | self.words.countries | more and text.value not in ALSO_ELSEWHERE:
                self._add(text, f"word of the law: {text.value!r}")

    # what is law wherever it stands ----------------------------------------------------------------

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            for what in self._said(node.value):
                self._add(node, what)
        elif isinstance(node.value, int | float) and not isinstance(node.value, bool):
            number = float(node.value) if abs(node.value) < 1e300 else 0.0
            if is_distinctive(number) and number in self.words.thresholds:
                self._add(node, f"threshold of the law: {number:g}")

    def visit_BinOp(self, node: ast.BinOp) -> None:
        number = _number(node)  # 26 * 10**6
        if number is not None and is_distinctive(number) and number in self.words.thresholds:
            self._add(node, f"threshold of the law: {number:g}")
        self.generic_visit(node)

    def _said(self, text: str) -> Iterator[str]:
        if text in self.words.outcomes:
            yield f"outcome: {text!r}"
        if text in self.words.groups:
            yield f"group or table: {text!r}"
        compound = self.words.terms | self.words.codes
        if text in compound and ("_" in text or "." in text):
            yield f"word of the law: {text!r}"
        if match := _CITATION.search(text):
            yield f"citation: {match.group()!r}"
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and _iso(text) in self.words.dates:
            yield f"date of the law: {text}"


def _texts(node: ast.expr) -> Iterator[ast.Constant]:
    """The string constants of an expression that is one, or a literal collection of them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for element in node.elts:
            yield from _texts(element)
    elif isinstance(node, ast.Call):  # frozenset({…})
        for argument in node.args:
            yield from _texts(argument)


def _tail(node: ast.expr) -> str:
    """The last name of an expression: `tpp` of `tpp`, `chip.tpp`, `facts["ic.tpp"]`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value).rpartition(".")[2]
    return ""


def _number(node: ast.expr) -> float | None:
    """The value of a constant arithmetic expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return float(node.value)
    if isinstance(node, ast.BinOp):
        left, right = _number(node.left), _number(node.right)
        if left is None or right is None or abs(left) > 1e6 or abs(right) > 1e30:
            return None
        return _arithmetic(node.op, left, right)
    return None


def _arithmetic(operator: ast.operator, left: float, right: float) -> float | None:
    if isinstance(operator, ast.Mult):
        return left * right
    if isinstance(operator, ast.Add):
        return left + right
    if isinstance(operator, ast.Pow) and 0 <= right <= 40:
        return float(left**right)
    return None


def _day(node: ast.Call) -> dt.date | None:
    """The date of a call `date(2022, 10, 21)` or `dt.date(…)`."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    values = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    if name not in ("date", "datetime") or len(values) < 3:
        return None
    try:
        return dt.date(*(int(value) for value in values[:3] if isinstance(value, int)))
    except (TypeError, ValueError):
        return None


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
