"""The options that a question takes from law data, as rows for help."""

from __future__ import annotations

from tidewaiter.determine.options import option_type
from tidewaiter.engine.vocabulary import Vocabulary
from tidewaiter.faces.asking import DEFAULT_QUESTION
from tidewaiter.faces.composition import decider

__all__ = ["law_options"]

_FEW = 6


def law_options(question: str = DEFAULT_QUESTION) -> list[tuple[str, list[tuple[str, str]]]]:
    """A titled section: each option with its kind of value, and what it states."""
    own = decider()
    spec = own.specification(question)
    rows = [(f"--{name} {_metavar(path, own.law.vocabulary)}", _said(path)) for name, path in spec.options.items()]
    return [(f"Options of the question '{question}', from the law", rows)]


def _metavar(path: str, vocabulary: Vocabulary) -> str:
    kind = option_type(path, vocabulary)
    if kind is None:
        return "VALUE"
    if kind.kind == "boolean":
        return "yes|no"
    if kind.kind == "code":
        codes = list(vocabulary.domains[kind.domain].codes)
        return "|".join(codes) if len(codes) <= _FEW else kind.domain.rpartition(".")[2].upper()
    return {"number": "NUMBER", "date": "DATE"}.get(kind.kind, "TEXT")


def _said(path: str) -> str:
    """The title of the fact, and of which row."""
    own = decider()
    relation, bracket, rest = path.partition("[")
    if not bracket:
        return own.phrases.title(path).en
    row, _, fact = rest.partition("].")
    subject = own.law.vocabulary.relations[relation].to
    title = own.phrases.title(f"{subject}.{fact}").en
    unit = own.law.vocabulary.facts[f"{subject}.{fact}"]
    shown = own.phrases.unit(unit.type, "en")
    about = row.partition("=")[2].replace("_", " ") or own.phrases.title(relation).en.lower()
    return f"{title}{f', {shown}' if shown else ''} ({about})"
