"""Expressions and values in words, English and Chinese: the item's own number beside the law's."""

from __future__ import annotations

import math
from typing import Any

from tidewaiter.base.wording import LANGUAGES, Language, Wording
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Definition
from tidewaiter.engine.types import Type
from tidewaiter.engine.values import Interval, OneOf, date_of
from tidewaiter.engine.vocabulary import Fact, Relationship
from tidewaiter.library.model import Law, Origin

__all__ = ["Phrases", "origin_of", "plain_value"]

_OPS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
_WORDS: dict[str, Wording] = {
    "unknown": Wording("unknown", "未知"),
    "true": Wording("yes", "是"),
    "false": Wording("no", "否"),
    "to": Wording("to", "至"),
    "at_least": Wording("at least", "至少"),
    "at_most": Wording("at most", "至多"),
    "or": Wording("or", "或"),
    "as_of": Wording("the date asked about", "所问日期"),
    "in": Wording("is in", "属于"),
    "any": Wording("Any of", "任一"),
    "all": Wording("Every one of", "每一"),
    "count": Wording("Number of", "数量"),
    "sum": Wording("Sum over", "合计"),
    "max": Wording("Largest over", "最大值"),
    "min": Wording("Smallest over", "最小值"),
    "days": Wording("days", "天"),
}


def plain_value(value: Any, kind: Type | None = None) -> Any:
    """A value of the engine as plain data: numbers, ISO dates, codes, truths; intervals as mappings; None unknown."""
    if isinstance(value, Interval):
        ends = {"at_least": value.low, "at_most": value.high}
        return {key: plain_value(end, kind) for key, end in ends.items() if math.isfinite(end)} or None
    if isinstance(value, OneOf):
        return {"one_of": sorted(value.codes)}
    if isinstance(value, float) and kind is not None and kind.kind == "date":
        return date_of(value).isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


class Phrases:
    """Words for the terms, values and expressions of one law."""

    def __init__(self, law: Law) -> None:
        self.law, self.vocabulary = law, law.vocabulary

    def title(self, term: str) -> Wording:
        """The title of a term: of its fact, relation or provision."""
        for held in (self.vocabulary.facts, self.vocabulary.relations, self.law.provisions):
            if term in held:
                title: Wording = held[term].title
                return title or Wording(term)
        return Wording(term)

    def unit(self, kind: Type, language: Language) -> str:
        """The symbol of a number's unit."""
        name = self.vocabulary.unit_names.get(kind.unit, "")
        symbol = self.vocabulary.unit_symbols.get(name)
        if symbol:
            return symbol.text(language)
        parts = [(base, power) for base, power in kind.unit or () if power]
        over = [self._symbol(base, language) for base, power in parts if power > 0]
        under = [self._symbol(base, language) for base, power in parts if power < 0]
        return "·".join(over) + "".join(f"/{part}" for part in under)

    def _symbol(self, base: str, language: Language) -> str:
        symbol = self.vocabulary.unit_symbols.get(base)
        return symbol.text(language) if symbol else base

    def value(self, value: Any, kind: Type, language: Language) -> str:
        """A value in words: `2,368 TPP`, `China (CN)`, `yes`, `2025-04-09`, `unknown`."""
        if isinstance(value, Interval):
            return self._interval(value, kind, language)
        if isinstance(value, OneOf):
            word = f" {_WORDS['or'].text(language)} "
            return word.join(self._code(code, kind, language) for code in sorted(value.codes))
        if isinstance(value, bool):
            return _WORDS[str(value).lower()].text(language)
        if value is None:
            return _WORDS["unknown"].text(language)
        if kind.kind == "date":
            return date_of(value).isoformat()
        if isinstance(value, (int, float)):
            return f"{_figure(value)}{self._spaced_unit(kind, language)}"
        return self._code(value, kind, language) if kind.kind == "code" else str(value)

    def _spaced_unit(self, kind: Type, language: Language) -> str:
        unit = self.unit(kind, language)
        return unit if unit == "%" else f" {unit}" if unit else ""

    def _interval(self, value: Interval, kind: Type, language: Language) -> str:
        low = self.value(value.low, kind, language) if math.isfinite(value.low) else ""
        high = self.value(value.high, kind, language) if math.isfinite(value.high) else ""
        if low and high:
            return f"{low} {_WORDS['to'].text(language)} {high}"
        if not low and not high:
            return _WORDS["unknown"].text(language)
        if low and value.low == 0 and not high:
            return _WORDS["unknown"].text(language)
        word = _WORDS["at_least" if low else "at_most"].text(language)
        return f"{word} {low or high}"

    def _code(self, code: str, kind: Type, language: Language) -> str:
        domain = self.vocabulary.domains.get(kind.domain)
        title = domain.codes[code].text(language) if domain and code in domain.codes else code
        short = len(code) <= 6 and code.upper() == code and title != code
        return f"{title} ({code})" if short else title

    # expressions ----------------------------------------------------------------------------------

    def both(self, write: Any) -> Wording:
        """The two wordings of something written per language."""
        return Wording(*(write(language) for language in LANGUAGES))

    def expression(self, node: Any, language: Language) -> str:
        """An expression in words, without values."""
        match node:
            case Fact() | Relationship():
                return node.title.text(language)
            case Definition():
                return self.title(node.term).text(language)
            case n.Const():
                return self.value(node.value, node.type, language)
            case n.Ref():
                return self.title(node.term).text(language)
            case n.AsOf():
                return _WORDS["as_of"].text(language)
            case n.Compare():
                return self._comparison(node, language)
            case n.Member():
                name = self.set_name(node.members, n.type_of(node.item), language)
                return f"{self.expression(node.item, language)} {_WORDS['in'].text(language)} {name}"
            case n.Any() | n.All() | n.Count() | n.Fold():
                return self._rows(node, language)
            case n.Not():
                return f"{'not' if language == 'en' else '非'} {self.expression(node.arg, language)}"
            case n.And() | n.Or():
                word = {"en": (" and ", " or "), "zh": ("且", "或")}[language][isinstance(node, n.Or)]
                return "(" + word.join(self.expression(arg, language) for arg in node.args) + ")"
            case n.Arith():
                return f"{self.expression(node.left, language)} {node.op} {self.expression(node.right, language)}"
            case n.Established() | n.Known():
                word = {"en": ("shown", "known"), "zh": ("已证明", "已知")}[language][isinstance(node, n.Known)]
                return f"{self.expression(node.arg, language)} ({word})"
            case n.First(args=args):
                return self.expression(args[0], language)
            case n.Ite():
                return self.expression(node.cond, language)
        return " · ".join(self.expression(child, language) for child in n.children(node))

    def _comparison(self, node: n.Compare, language: Language) -> str:
        op = _OPS.get(node.op, node.op)
        right = node.right
        if isinstance(right, n.Const) and right.type.kind == "number":
            right = n.Const(right.value, n.type_of(node.left))
        left = node.left
        if isinstance(left, n.Const) and left.type.kind == "number":
            left = n.Const(left.value, n.type_of(node.right))
        return f"{self.expression(left, language)} {op} {self.expression(right, language)}"

    def _rows(self, node: n.Any | n.All | n.Count | n.Fold, language: Language) -> str:
        word = node.how if isinstance(node, n.Fold) else type(node).__name__.lower()
        relation = self.title(node.relation.term).text(language)
        inner = node.value if isinstance(node, n.Fold) else node.body
        colon = ": " if language == "en" else "："
        return f"{_WORDS[word].text(language)} {relation}{colon}{self.expression(inner, language)}"

    def set_name(self, members: n.SetNode, kind: Type, language: Language) -> str:
        """A set in words: the titles of its groups, or its codes."""
        if isinstance(members, n.SetName):
            title = self.law.groups[members.name].title.text(language)
            return title or members.name
        if isinstance(members, n.SetCodes):
            comma = ", " if language == "en" else "、"
            return comma.join(self._code(code, kind, language) for code in sorted(members.codes))
        word = {"|": " + ", "&": " ∩ ", "-": " − "}[members.op]
        return f"{self.set_name(members.left, kind, language)}{word}{self.set_name(members.right, kind, language)}"


def _figure(value: float) -> str:
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if abs(value) >= 1e12:
        mantissa, _, exponent = f"{value:.6g}".partition("e")
        return f"{mantissa} × 10^{int(exponent)}" if exponent else f"{value:,.6g}"
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.2f}"


def origin_of(definition: Definition) -> Origin:
    """The provision and version behind a definition."""
    assert isinstance(definition.origin, Origin)
    return definition.origin
