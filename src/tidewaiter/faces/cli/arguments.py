"""Arguments that the law names: `--to CN --die-area 800..820 --fact name=value`, read by the type of their fact."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.base.wording import LANGUAGES, Language
from tidewaiter.determine.options import option_type, parsed_option
from tidewaiter.engine.syntax import nearest
from tidewaiter.faces.asking import fact_path
from tidewaiter.faces.composition import decider

__all__ = ["Arguments", "day_of", "language_of", "plain_day", "read_arguments"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MAX_ARGUMENTS = 400


@dataclass(slots=True)
class Arguments:
    """What stood on the command line beside the fixed options, and what is wrong with it."""

    places: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    stated: set[str] = field(default_factory=set)


def read_arguments(words: Sequence[str], facts: Iterable[str], question: str, own: Iterable[str] = ()) -> Arguments:
    """Documents and options from free arguments, facts from `name=value`. Faults are gathered, not raised.

    `own` are the names of the command's fixed options, for suggestions.
    """
    found = Arguments()
    if len(words) > _MAX_ARGUMENTS:
        found.faults.append(Fault("arguments", f"{len(words)} of them", f"at most {_MAX_ARGUMENTS}; use a document"))
        return found
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("-") or word == "-":
            found.places.append(word)
            continue
        name, has_value, value = word.lstrip("-").partition("=")
        if not has_value:
            if not waiting or waiting[0].startswith("--"):
                _known(name, found, question, own)
                found.faults.append(Fault(f"--{name}", "has no value", f"--{name} VALUE"))
                continue
            value = waiting.pop(0)
        _set(name, value, found, question, own)
    for fact in facts:
        _fact(fact, found, question)
    return found


def _known(name: str, found: Arguments, question: str, own: Iterable[str]) -> str | None:
    """The path of an option; notes a fault where there is none."""
    spec = decider().specification(question)
    path = spec.options.get(name.replace("_", "-")) or fact_path(name.replace("-", "_"), spec) or fact_path(name, spec)
    if path is None:
        remedy = nearest(name, [*spec.options, *own]) or "see: tidewaiter check --help"
        found.faults.append(Fault(f"--{name}", f"'{name:.60}' is no option of this question", remedy))
    return path


def _set(name: str, value: str, found: Arguments, question: str, own: Iterable[str]) -> None:
    path = _known(name, found, question, own)
    if path is None:
        return
    key = name if name.replace("_", "-") in decider().specification(question).options else path
    _once(f"--{name}", path, found)
    found.options[key] = parsed_option(value, option_type(path, decider().law.vocabulary))


def _fact(text: str, found: Arguments, question: str) -> None:
    name, equals, value = text.partition("=")
    if "[" in text.partition("]")[0] and "]" in text:  # the = of parties[role=end_user].location is not the one
        head, _, tail = text.partition("]")
        rest, equals, value = tail.partition("=")
        name = f"{head}]{rest}"
    name = name.strip()
    if not equals or not name:
        found.faults.append(Fault("--fact", f"'{text:.60}' is no name=value", "--fact quantity=8"))
        return
    vocabulary = decider().law.vocabulary
    path = fact_path(name, decider().specification(question))
    if path is None or option_type(path, vocabulary) is None:
        decided = name in vocabulary.decided
        what = f"'{name:.60}' is decided by law, not stated" if decided else f"'{name:.60}' is no fact"
        remedy = "" if decided else nearest(name, vocabulary.facts)
        found.faults.append(Fault("--fact", what, remedy or "see: tidewaiter vocabulary"))
        return
    _once("--fact", path, found)
    found.options[path] = parsed_option(value.strip(), option_type(path, vocabulary))


def _once(where: str, path: str, found: Arguments) -> None:
    """A fault where a fact is stated a second time, be it under another name."""
    if path in found.stated:
        found.faults.append(Fault(where, f"{path.rpartition('.')[2]} stands twice", "keep one of the two"))
    found.stated.add(path)


def day_of(text: str | None, where: str, faults: list[Fault]) -> dt.date:
    """A day written YYYY-MM-DD (today when none is given); a fault and today for anything else."""
    if text is None or text in ("today", "今天"):
        return dt.date.today()
    found = plain_day(text)
    if found is not None:
        return found
    faults.append(Fault(where, f"'{text:.40}' is no day", "write YYYY-MM-DD, such as 2025-07-15"))
    return dt.date.today()


def plain_day(text: str) -> dt.date | None:
    """The day that a text in the form YYYY-MM-DD means; None for anything else."""
    try:
        return dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def language_of(text: str, faults: list[Fault]) -> Language:
    """The language that a text names."""
    for language in LANGUAGES:
        if text.lower().replace("_", "-").split("-")[0] == language:
            return language
    faults.append(Fault("--lang", f"'{text:.20}' is no language of this program", f"one of {', '.join(LANGUAGES)}"))
    return LANGUAGES[0]
