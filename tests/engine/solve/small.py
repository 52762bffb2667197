"""Small programs and conditions from text, over the vocabulary of the generated programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.engine.strategies import VOCABULARY

from tidewaiter.engine.nodes import Node
from tidewaiter.engine.parser import parse_expression
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.syntax import Place
from tidewaiter.engine.types import BOOLEAN, Type, code, numeric
from tidewaiter.engine.vocabulary import ROOT, subject_of

__all__ = ["COLOR", "NUMBER", "conditions", "program"]

COLOR, NUMBER = code("color"), numeric()
_GROUPS = {"warm": {"red"}, "cold": {"green", "blue"}, "every": {"red", "green", "blue", "gray"}, "none": set[str]()}
_TABLES = {"shade": {"red": "green", "gray": "blue"}, "swap": {"red": "blue", "blue": "red"}}


def program(*rules: tuple[str, Type, str], recursive: str = "", as_of: dt.date = dt.date(2024, 1, 1)) -> Program:
    """A program of rules: term, type, text. Each may name any other."""
    vocabulary = replace(VOCABULARY, decided={term: kind for term, kind, _ in rules})
    definitions = {
        term: Definition(
            term,
            subject_of(term),
            kind,
            parse_expression(text, vocabulary, subject_of(term), Place("test"), kind),
            recursive=term == recursive,
        )
        for term, kind, text in rules
    }
    groups = {name: frozenset(codes) for name, codes in _GROUPS.items()}
    return Program(vocabulary, definitions, groups, _TABLES, as_of)


def conditions(of: Program, *texts: str, subject: str = ROOT) -> list[Node]:
    """Conditions about a subject, in the words of a program."""
    return [parse_expression(text, of.vocabulary, subject, Place("test"), BOOLEAN) for text in texts]
