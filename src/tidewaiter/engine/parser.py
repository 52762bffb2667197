"""Text of law to typed nodes: a white-list of Python's expression grammar; all else is refused, with a remedy."""

from __future__ import annotations

import ast
import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass

from tidewaiter.base.errors import Fault, LawFaults
from tidewaiter.engine import nodes as n
from tidewaiter.engine.sets import lower_set
from tidewaiter.engine.syntax import Place, nearest, read_expression
from tidewaiter.engine.types import BOOLEAN, DATE, TEXT, Type, Unit, code, multiply, numeric
from tidewaiter.engine.values import ordinal
from tidewaiter.engine.vocabulary import ROOT, Relationship, Vocabulary, qualified

__all__ = ["MAX_MONTHS", "parse_expression"]

_Levels = tuple[str, ...]
_COMPARE: dict[type[ast.cmpop], n.CompareOp] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.GtE: ">=",
    ast.Gt: ">",
}
_ARITH: dict[type[ast.operator], n.ArithOp] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
MAX_MONTHS = 1200
_DAYS: Unit = (("days", 1),)
_FUNCTIONS = (
    *("any", "all", "count", "sum", "max", "min"),
    *("established", "known", "first", "if_else", "date", "days", "add_days", "add_months", "year"),
)


class _Refused(Exception):
    """Leaves the current expression after its fault was noted."""


def parse_expression(
    text: object, vocabulary: Vocabulary, subject: str, place: Place, expect: Type = BOOLEAN
) -> n.Node:
    """Read the expression of a provision about `subject`; it must yield a value of type `expect`.

    Raises LawFaults with file, line, column and a remedy for everything that is wrong with it.
    """
    if isinstance(text, (bool, int, float, dt.date)):
        text = f"date({text.year}, {text.month}, {text.day})" if isinstance(text, dt.date) else str(text)
    if not isinstance(text, str):
        raise LawFaults([Fault(place.at(), f"{text!r} is no expression", "write a condition as text")])
    tree = read_expression(text, place)
    if isinstance(tree, Fault):
        raise LawFaults([tree])
    lowering = _Lowering(vocabulary, place, [])
    levels = (subject,) if subject == ROOT else (subject, ROOT)
    node = lowering.guarded(tree, levels, expect)
    if lowering.faults or node is None:
        raise LawFaults(lowering.faults)
    return node


@dataclass(frozen=True, slots=True)
class _Lowering:
    vocabulary: Vocabulary
    place: Place
    faults: list[Fault]

    # faults ---------------------------------------------------------------------------------------

    def refuse(self, tree: ast.expr, what: str, remedy: str = "") -> _Refused:
        self.faults.append(Fault(self.place.at(tree.col_offset), what, remedy))
        return _Refused()

    def guarded(self, tree: ast.expr, levels: _Levels, expect: Type | None) -> n.Node | None:
        """Lower and check the type; None, with the fault noted, where that fails. Lets siblings be checked too."""
        try:
            node = self.lower(tree, levels, expect)
            if expect is not None:
                self.require(tree, node, expect)
        except _Refused:
            return None
        return node

    def all_of(self, trees: list[ast.expr], levels: _Levels, expect: Type | None) -> tuple[n.Node, ...]:
        found = [self.guarded(tree, levels, expect) for tree in trees]
        if None in found:
            raise _Refused
        return tuple(node for node in found if node is not None)

    def require(self, tree: ast.expr, node: n.Node, expect: Type) -> None:
        found = n.type_of(node)
        if not _fits(found, expect):
            raise self.refuse(tree, f"'{ast.unparse(tree)}' is {found}, not {expect}", _unit_hint(found, expect))

    # expressions ----------------------------------------------------------------------------------

    def lower(self, tree: ast.expr, levels: _Levels, expect: Type | None) -> n.Node:
        match tree:
            case ast.BoolOp(op=op, values=values):
                args = self.all_of(values, levels, BOOLEAN)
                return n.And(args) if isinstance(op, ast.And) else n.Or(args)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return n.Not(self.all_of([operand], levels, BOOLEAN)[0])
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                return n.Const(-self.finite(tree, value), numeric(None))
            case ast.Compare():
                return self.comparison(tree, levels)
            case ast.BinOp(op=op) if type(op) in _ARITH:
                return self.arithmetic(tree, _ARITH[type(op)], levels)
            case ast.Name() | ast.Attribute():
                return self.name(tree, levels, expect)
            case ast.Constant():
                return self.constant(tree, expect)
            case ast.Call(func=ast.Name(id=name)) if name in _FUNCTIONS:
                return self.call(tree, name, levels, expect)
            case ast.Subscript(value=ast.Name(id=table), slice=item):
                return self.lookup(tree, table, item, levels)
        raise self.refuse(tree, f"'{ast.unparse(tree)[:60]}' is not part of the law language", _hint(tree))

    def constant(self, tree: ast.Constant, expect: Type | None) -> n.Node:
        value = tree.value
        if isinstance(value, bool):
            return n.Const(value, BOOLEAN)
        if isinstance(value, (int, float)):
            return n.Const(self.finite(tree, value), numeric(None))
        if isinstance(value, str) and expect is not None and expect.kind == "code":
            return self.code_constant(tree, value, expect.domain)
        if isinstance(value, str) and expect is not None and expect.kind == "text":
            return n.Const(value, TEXT)
        raise self.refuse(tree, f"{value!r} cannot stand here", "numbers, true, false, and codes beside a code term")

    def finite(self, tree: ast.expr, value: int | float) -> float:
        try:
            found = float(value)
        except OverflowError:
            found = math.inf
        if math.isinf(found):
            raise self.refuse(tree, "the number is too large", "at most about 1.8e308")
        return found

    def code_constant(self, tree: ast.expr, value: str, domain: str) -> n.Const:
        codes = self.vocabulary.domains[domain].codes
        if value not in codes:
            raise self.refuse(tree, f"'{value}' is no code of {domain}", nearest(value, codes))
        return n.Const(value, code(domain))

    def name(self, tree: ast.Name | ast.Attribute, levels: _Levels, expect: Type | None) -> n.Node:
        text = ast.unparse(tree)
        if text in ("true", "false", "as_of"):
            return n.AsOf() if text == "as_of" else n.Const(text == "true", BOOLEAN)
        found = self.term(text, levels)
        if found is not None:
            return found
        if expect is not None and expect.kind == "code":
            return self.code_constant(tree, text, expect.domain)
        raise self.refuse(tree, f"'{text}' is no term here", self.name_remedy(text, levels))

    def term(self, text: str, levels: _Levels) -> n.Ref | None:
        for depth, subject in enumerate(levels):
            own = text.removeprefix(f"{subject}.") if text.startswith(f"{subject}.") else text
            term = qualified(subject, own)
            kind = None if "." in own else self.vocabulary.type_of(term)
            if kind is not None:
                return n.Ref(term, depth, kind)
        return None

    def name_remedy(self, text: str, levels: _Levels) -> str:
        if self.vocabulary.type_of(text) is not None:
            return f"it is about another subject than {levels[0]}: reach it through a relation, any(…, …)"
        known = [*self.vocabulary.facts, *self.vocabulary.decided]
        local = [term.rpartition(".")[2] for term in known if term.rpartition(".")[0] in (*levels, "")]
        return nearest(text, [*known, *local]) or "declare it in law/vocabulary or decide it by a provision"

    # comparisons ----------------------------------------------------------------------------------

    def comparison(self, tree: ast.Compare, levels: _Levels) -> n.Node:
        operands = [tree.left, *tree.comparators]
        pairs = [
            self.pair(tree, op, left, right, levels)
            for op, left, right in zip(tree.ops, operands, operands[1:], strict=False)
        ]
        return pairs[0] if len(pairs) == 1 else n.And(tuple(pairs), chain=True)

    def pair(self, tree: ast.Compare, op: ast.cmpop, left: ast.expr, right: ast.expr, levels: _Levels) -> n.Node:
        if isinstance(op, (ast.In, ast.NotIn)):
            item = self.lower(left, levels, None)
            kind = n.type_of(item)
            if kind.kind != "code":
                raise self.refuse(left, f"'{ast.unparse(left)}' is {kind}, not a code", "'in' asks about codes")
            fault, members = lower_set(right, self.vocabulary, kind.domain)
            if fault:
                raise self.refuse(right, *fault)
            test = n.Member(item, members)
            return n.Not(test) if isinstance(op, ast.NotIn) else test
        if type(op) not in _COMPARE:
            raise self.refuse(tree, "'is' is not part of the law language", "write == or !=")
        a, b = self.both(left, right, levels)
        self.comparable(tree, _COMPARE[type(op)], n.type_of(a), n.type_of(b))
        return n.Compare(_COMPARE[type(op)], a, b)

    def both(self, left: ast.expr, right: ast.expr, levels: _Levels) -> tuple[n.Node, n.Node]:
        """Both sides; a bare code takes its domain from the other side."""
        if isinstance(left, (ast.Name, ast.Constant)) and self.term(ast.unparse(left), levels) is None:
            b = self.lower(right, levels, None)
            return self.lower(left, levels, n.type_of(b)), b
        a = self.lower(left, levels, None)
        return a, self.lower(right, levels, n.type_of(a))

    def comparable(self, tree: ast.expr, op: str, left: Type, right: Type) -> None:
        if left.kind == right.kind == "number" and _units_fit(left.unit, right.unit):
            return
        if left.kind == right.kind == "date":
            return
        if left == right and left.kind in ("code", "text") and op in ("==", "!="):
            return
        what = f"'{ast.unparse(tree)[:80]}' compares {left} with {right}"
        raise self.refuse(tree, what, "truths are used directly (x, not x)" if left.kind == "boolean" else "")

    def arithmetic(self, tree: ast.BinOp, op: n.ArithOp, levels: _Levels) -> n.Node:
        left, right = self.all_of([tree.left, tree.right], levels, None)
        a, b = n.type_of(left), n.type_of(right)
        if a.kind != "number" or b.kind != "number":
            raise self.refuse(
                tree, f"'{ast.unparse(tree)}' reckons with {a} and {b}", "dates: days(a, b), add_days(d, n)"
            )
        if op in ("+", "-"):
            if not _units_fit(a.unit, b.unit):
                raise self.refuse(tree, f"'{ast.unparse(tree)}' adds {a} to {b}")
            return n.Arith(op, left, right, numeric(b.unit if a.unit is None else a.unit))
        literal = a.unit is None and b.unit is None
        unit = None if literal else multiply(a.unit, b.unit, 1 if op == "*" else -1)
        return n.Arith(op, left, right, numeric(unit))

    def lookup(self, tree: ast.expr, table: str, item: ast.expr, levels: _Levels) -> n.Node:
        domain = self.vocabulary.tables.get(table)
        if domain is None:
            raise self.refuse(tree, f"'{table}' is no table", nearest(table, self.vocabulary.tables))
        return n.Lookup(table, self.all_of([item], levels, code(domain))[0], code(domain))

    # functions ------------------------------------------------------------------------------------

    def call(self, tree: ast.Call, name: str, levels: _Levels, expect: Type | None) -> n.Node:
        if name in ("any", "all", "count", "sum", "max", "min"):
            return self.over_relation(tree, name, levels)
        if tree.keywords:
            raise self.refuse(tree, f"{name}() takes no named arguments")
        makers: dict[str, tuple[int, Callable[[], n.Node]]] = {
            "established": (1, lambda: n.Established(self.all_of(tree.args, levels, BOOLEAN)[0])),
            "known": (1, lambda: n.Known(self.all_of(tree.args, levels, None)[0])),
            "first": (-2, lambda: self.first(tree, levels, expect)),
            "if_else": (3, lambda: self.if_else(tree, levels, expect)),
            "date": (3, lambda: self.date(tree)),
            "days": (2, lambda: self.day_sum(tree, levels, "-")),
            "add_days": (2, lambda: self.day_sum(tree, levels, "+")),
            "add_months": (2, lambda: self.months(tree, levels)),
            "year": (1, lambda: n.Year(self.all_of(tree.args, levels, DATE)[0])),
        }
        count, make = makers[name]
        if len(tree.args) != count and not (count < 0 and len(tree.args) >= -count):
            raise self.refuse(tree, f"{name}() has {len(tree.args)} arguments", f"it takes {abs(count)}")
        return make()

    def first(self, tree: ast.Call, levels: _Levels, expect: Type | None) -> n.Node:
        args = self.all_of(tree.args, levels, expect)
        kinds = [n.type_of(arg) for arg in args]
        if not all(_fits(kind, _unified(kinds)) for kind in kinds):
            raise self.refuse(tree, f"first() mixes {' and '.join(map(str, kinds))}")
        return n.First(args, _unified(kinds))

    def if_else(self, tree: ast.Call, levels: _Levels, expect: Type | None) -> n.Node:
        cond = self.all_of(tree.args[:1], levels, BOOLEAN)[0]
        then, other = self.all_of(tree.args[1:], levels, expect)
        kinds = [n.type_of(then), n.type_of(other)]
        if not _fits(kinds[1], kinds[0]):
            raise self.refuse(tree, f"if_else() mixes {kinds[0]} and {kinds[1]}")
        return n.Ite(cond, then, other, _unified(kinds))

    def date(self, tree: ast.Call) -> n.Node:
        parts = [arg.value if isinstance(arg, ast.Constant) else None for arg in tree.args]
        try:
            return n.Const(float(ordinal(dt.date(*parts))), DATE)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise self.refuse(tree, f"'{ast.unparse(tree)}' is no day", "date(2025, 1, 13)") from None

    def day_sum(self, tree: ast.Call, levels: _Levels, op: n.ArithOp) -> n.Node:
        first = self.all_of(tree.args[:1], levels, DATE)[0]
        second = self.all_of(tree.args[1:], levels, DATE if op == "-" else numeric(_DAYS))[0]
        if op == "-":
            return n.Arith("-", second, first, numeric(_DAYS))
        return n.Arith("+", first, second, DATE)

    def months(self, tree: ast.Call, levels: _Levels) -> n.Node:
        day = self.all_of(tree.args[:1], levels, DATE)[0]
        count = self.all_of(tree.args[1:], levels, numeric())[0]
        months = count.value if isinstance(count, n.Const) and isinstance(count.value, float) else math.nan
        if not months.is_integer() or abs(months) > MAX_MONTHS:
            what = f"'{ast.unparse(tree.args[1])[:60]}' is no number of months"
            raise self.refuse(tree.args[1], what, f"a whole number up to {MAX_MONTHS}")
        return n.AddMonths(day, int(months))

    def over_relation(self, tree: ast.Call, name: str, levels: _Levels) -> n.Node:
        options = {keyword.arg: keyword.value for keyword in tree.keywords}
        folds = name in ("sum", "max", "min")
        allowed = {"where", "per"} if folds else {"where"}
        named = set(options) <= allowed and len(options) == len(tree.keywords)
        if not named or not 1 + folds <= len(tree.args) <= 2:
            how = "relation, value, where=…, per=…" if folds else "relation, condition, where=…"
            raise self.refuse(tree, f"{name}() is called wrongly", f"{name}({how})")
        relation, inner = self.relation(tree.args[0], levels)
        where = self.all_of([options["where"]], inner, BOOLEAN)[0] if "where" in options else None
        if folds:
            return self.fold(tree, name, relation, inner, where, options.get("per"))
        body = self.all_of(tree.args[1:], inner, BOOLEAN)[0] if tree.args[1:] else n.Const(True, BOOLEAN)
        return _quantified(name, relation, body, where)

    def relation(self, tree: ast.expr, levels: _Levels) -> tuple[n.Relation, _Levels]:
        text = ast.unparse(tree)
        for depth, subject in enumerate(levels):
            found: Relationship | None = self.vocabulary.relations.get(
                text if text.startswith(f"{subject}.") else qualified(subject, text)
            )
            if found is not None and found.subject == subject:
                link = (found.link,) if found.link else ()
                return n.Relation(found.term, depth, found.to, found.link), (*link, found.to, *levels)
        raise self.refuse(tree, f"'{text}' is no relation here", nearest(text, self.vocabulary.relations))

    def fold(
        self,
        tree: ast.Call,
        name: str,
        relation: n.Relation,
        inner: _Levels,
        where: n.Node | None,
        per: ast.expr | None,
    ) -> n.Node:
        value = self.all_of(tree.args[1:], inner, None)[0]
        kind = n.type_of(value)
        if kind.kind not in ("number", "date") or (kind.kind == "date" and name == "sum"):
            raise self.refuse(tree.args[1], f"{name}() of {kind}", "it folds numbers (max and min: dates too)")
        key = self.all_of([per], inner, None)[0] if per is not None else None
        if key is not None and name != "sum":
            raise self.refuse(tree, f"{name}() takes no per=", "only sums count rows of equal key once")
        return n.Fold(name, relation, value, where, key, kind)  # type: ignore[arg-type]


def _quantified(name: str, relation: n.Relation, body: n.Node, where: n.Node | None) -> n.Node:
    if name == "all":
        return n.All(relation, body if where is None else n.Or((n.Not(where), body)))
    narrowed = body if where is None else n.And((where, body))
    return n.Any(relation, narrowed) if name == "any" else n.Count(relation, narrowed)


def _units_fit(left: Unit, right: Unit) -> bool:
    return left is None or right is None or left == right


def _fits(found: Type, expect: Type) -> bool:
    if found.kind == expect.kind == "number":
        return _units_fit(found.unit, expect.unit)
    return found == expect


def _unified(kinds: list[Type]) -> Type:
    """The type of values of which one is chosen: literals take the unit of the others."""
    return next((kind for kind in kinds if kind.unit is not None), kinds[0])


def _unit_hint(found: Type, expect: Type) -> str:
    return "check the units" if found.kind == expect.kind == "number" else ""


def _hint(tree: ast.expr) -> str:
    if isinstance(tree, ast.Call):
        name = ast.unparse(tree.func)
        return nearest(name, _FUNCTIONS) or f"functions: {', '.join(_FUNCTIONS)}"
    if isinstance(tree, ast.IfExp):
        return "write if_else(condition, a, b), or cases"
    if isinstance(tree, ast.BinOp):
        return "arithmetic is + - * /; sets stand after 'in'"
    return "see docs/law-language.md, section 4"
