"""Short names for facts: `end-user-hq: parties[role=end_user].headquarters` in law data, values from a command line.

`relation[fact=code].fact` sets a fact of the row with that fact, opening one where there is none;
`relation[*].fact` sets it on every row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tidewaiter.base.errors import Fault, QuestionFaults
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.types import Type
from tidewaiter.engine.vocabulary import Fact, Vocabulary

__all__ = ["option_fact", "option_type", "parsed_option", "with_options"]

_PATH = re.compile(r"^(?:(?P<relation>\w+)\[(?:\*|(?P<key>\w+)=(?P<code>[\w.-]+))\]\.)?(?P<fact>\w+)$")


def with_options(
    facts: Mapping[str, Any], options: Mapping[str, Any], spec: Specification, vocabulary: Vocabulary
) -> dict[str, Any]:
    """The facts with the values of options set. Option names are those of the question, or plain facts of its subject.

    Raises QuestionFaults naming every unknown option.
    """
    result = {key: _copied(value) for key, value in facts.items()}
    faults = []
    for name, value in options.items():
        path = spec.options.get(name.replace("_", "-"), name if name in vocabulary.facts else "")
        match = _PATH.match(path)
        if match is None:
            known = [*spec.options, *(term for term, fact in vocabulary.facts.items() if fact.subject == spec.subject)]
            remedy = nearest(name, known) or f"options: {', '.join(spec.options)}"
            faults.append(Fault(f"--{name}", f"'{name}' is no option of this question", remedy))
        else:
            _set(result, match.groupdict(), value)
    if faults:
        raise QuestionFaults(faults)
    return result


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


def _set(facts: dict[str, Any], path: Mapping[str, str | None], value: Any) -> None:
    relation, key, code, fact = (path[name] for name in ("relation", "key", "code", "fact"))
    assert fact is not None
    if relation is None:
        facts[fact] = value
        return
    held = facts.setdefault(relation, {"rows": []})
    rows = held["rows"] if isinstance(held, dict) else held
    chosen = [row for row in rows if key is None or row.get(key) == code]
    if not chosen:
        chosen = [{} if key is None else {key: code}]
        rows.extend(chosen)
    for row in chosen:
        row[fact] = value


def option_fact(path: str, vocabulary: Vocabulary) -> Fact | None:
    """The fact that an option sets; None for an unknown path."""
    match = _PATH.match(path)
    if match is None:
        return None
    relation = vocabulary.relations.get(match["relation"] or "")
    return vocabulary.facts.get(f"{relation.to}.{match['fact']}" if relation else match["fact"])


def option_type(path: str, vocabulary: Vocabulary) -> Type | None:
    """The type of the fact that an option sets; None for an unknown path."""
    fact = option_fact(path, vocabulary)
    return fact.type if fact else None


def parsed_option(text: str, kind: Type | None) -> Any:
    """The text of a command-line option as plain data: numbers (`1..2` an interval), truths, dates and codes."""
    lowered = text.strip().lower()
    if kind is None or kind.kind in ("code", "date", "text") or lowered == "unknown":
        return text
    if kind.kind == "boolean":
        return {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}.get(lowered, text)
    parts = lowered.split("..")
    if len(parts) == 2 and any(part.strip() for part in parts):
        named = zip(("at_least", "at_most"), parts, strict=True)
        ends = {key: _float(part) for key, part in named if part.strip()}
        return text if None in ends.values() else ends
    value = _float(lowered)
    return text if value is None else value


_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def _float(text: str) -> float | None:
    """A number; commas only between groups of three digits, since `1,5` could mean either 1.5 or 15."""
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    try:
        return None if "_" in text else float(text)
    except ValueError:
        return None
