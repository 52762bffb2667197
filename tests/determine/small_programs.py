"""Small boolean programs over a handful of facts, and every way in which the facts may turn out."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping

from hypothesis import strategies as st

from tidewaiter.base.wording import NO_WORDING
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.parser import parse_expression
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.syntax import Place
from tidewaiter.engine.types import BOOLEAN, Type, code, numeric
from tidewaiter.engine.values import Value
from tidewaiter.engine.vocabulary import ROOT, Domain, Fact, Vocabulary

__all__ = ["FACTS", "cases", "completions", "decided", "small_programs"]

COLORS = ("red", "green", "blue")
FACTS: dict[str, tuple[Type, tuple[Value, ...]]] = {
    "a": (BOOLEAN, (True, False)),
    "b": (BOOLEAN, (True, False)),
    "c": (BOOLEAN, (True, False)),
    "color": (code("color"), COLORS),
    "size": (numeric(), (0.0, 1.0, 2.0, 3.0, 5.0, 6.0, 10.0)),
}
"""The facts, and the values that stand for all that the programs can tell apart."""
_LEAVES = (
    "a",
    "b",
    "c",
    "color == red",
    "color != blue",
    "color in {red, green}",
    "size >= 2",
    "size < 5",
    "size == 5",
)
_BOOLEAN_LEAVES = ("a", "b", "c")


def _vocabulary(decided: Mapping[str, Type]) -> Vocabulary:
    facts = {name: Fact(name, ROOT, kind, "", 0, 10) for name, (kind, _) in FACTS.items()}
    domains = {"color": Domain("color", dict.fromkeys(COLORS, NO_WORDING))}
    return Vocabulary({ROOT: NO_WORDING}, facts, {}, domains, decided, {}, {}, {}, {}, {})


def _texts(leaves: tuple[str, ...]) -> st.SearchStrategy[str]:
    def above(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pair = st.tuples(inner, inner)
        return (
            pair.map(lambda two: f"(({two[0]}) and ({two[1]}))")
            | pair.map(lambda two: f"(({two[0]}) or ({two[1]}))")
            | inner.map(lambda one: f"(not ({one}))")
            | st.tuples(inner, inner, inner).map(lambda three: f"if_else({three[0]}, {three[1]}, {three[2]})")
        )

    return st.recursive(st.sampled_from(leaves), above, max_leaves=6)


@st.composite
def small_programs(draw: st.DrawFn, *, only_truths: bool = False) -> Program:
    """Three truths, each free to rest on the ones before it; the last is `t2`."""
    leaves = _BOOLEAN_LEAVES if only_truths else _LEAVES
    definitions: dict[str, Definition] = {}
    for i in range(3):
        vocabulary = _vocabulary(dict.fromkeys(definitions, BOOLEAN))
        text = draw(_texts((*leaves, *definitions)))
        node = parse_expression(text, vocabulary, ROOT, Place("small"), BOOLEAN)
        definitions[f"t{i}"] = Definition(f"t{i}", ROOT, BOOLEAN, node)
    return Program(_vocabulary(dict.fromkeys(definitions, BOOLEAN)), definitions, {}, {}, dt.date(2025, 1, 1))


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Value]:
    """Some of the facts."""
    return {name: draw(st.sampled_from(values)) for name, (_, values) in FACTS.items() if draw(st.integers(1, 5)) <= 2}


def completions(facts: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
    """Every way in which what is missing may turn out."""
    missing = [name for name in FACTS if name not in facts]
    for values in itertools.product(*(FACTS[name][1] for name in missing)):
        yield {**facts, **dict(zip(missing, values, strict=True))}


def decided(program: Program, facts: Mapping[str, Value], term: str = "t2") -> Value:
    """What the reference says."""
    return Reference(program, Instance(ROOT, facts)).value(term)
