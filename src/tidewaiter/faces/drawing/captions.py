"""The words around a figure: its question, its assumptions, its law."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tidewaiter.determine.specification import Specification
from tidewaiter.faces.asking import Asked, face_data
from tidewaiter.faces.composition import decider
from tidewaiter.faces.pages.words import Words

__all__ = ["assumed", "closing", "said", "short", "told"]


def said(key: str, words: Words, **fields: object) -> str:
    """A fixed text of the figures in the language of `words`; `fields` fill its braces."""
    return words.written(face_data("figures")["words"][key]).format(**fields)


def closing(words: Words, digest: str) -> str:
    """The last note of every figure."""
    return said("law", words, digest=digest[:12])


def assumed(asked: Asked, words: Words) -> str:
    """Under which assumptions a figure is drawn."""
    return said("profile", words, profile=asked.profile) if asked.profile else said("strict", words)


def short(question: str, words: Words) -> str:
    """The short title of a kind of question."""
    data = decider().law.questions[question]
    return words.written(data.get("short") or data.get("title"))


def told(spec: Specification, options: Mapping[str, Any], words: Words) -> list[str]:
    """The options of a question in words."""
    vocabulary = decider().law.vocabulary
    found = []
    for name, value in options.items():
        path = spec.options.get(name.replace("_", "-"), name)
        relation, bracket, _ = path.partition("[")
        fact = path.rpartition(".")[2]
        term = f"{vocabulary.relations[relation].to}.{fact}" if bracket and relation in vocabulary.relations else path
        role = path.partition("=")[2].partition("]")[0]
        title = words.title(term)
        if role:
            title = f"{words.value(_row_fact(path, vocabulary), role)}{words.comma}{title}"
        found.append(f"{title}{words.colon}{words.value(term, value)}")
    return found


def _row_fact(path: str, vocabulary: Any) -> str:
    relation, _, rest = path.partition("[")
    return f"{vocabulary.relations[relation].to}.{rest.partition('=')[0]}"
