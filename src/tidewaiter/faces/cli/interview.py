"""Asking on a terminal for the facts that an open answer waits for, one by one."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tidewaiter.base.errors import InputFaults
from tidewaiter.determine.options import parsed_option
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.faces.answers import Answer
from tidewaiter.faces.asking import Asked
from tidewaiter.faces.composition import decider
from tidewaiter.faces.pages.blocks import clean
from tidewaiter.faces.pages.places import place
from tidewaiter.faces.pages.words import Words

__all__ = ["MAX_ASKED", "choices", "interview", "with_fact"]

MAX_ASKED = 40
"""Most facts that are asked for in one interview."""
_STEP = re.compile(r"(\w+)\[(\d+)\]")

_Ask = Callable[[str], str]


def interview(found: Answer, asked: Asked, again: Callable[[Asked], Answer], words: Words, ask: _Ask = input) -> Answer:
    """The answer after everything it waits for was asked; an empty line leaves a fact unknown, end of input stops."""
    passed: set[tuple[str, str]] = set()
    facts = dict(found.facts)
    for _ in range(MAX_ASKED):
        waiting = next((each for each in found.missing if _key(each) not in passed), None)
        if waiting is None:
            break
        try:
            text = ask(_prompt(waiting, facts, words)).strip()
        except (EOFError, KeyboardInterrupt):
            print(file=sys.stderr)
            break
        passed.add(_key(waiting))
        if not text:
            continue
        changed = with_fact(facts, str(waiting["about"]), str(waiting["term"]), text)
        try:
            # The facts hold the item's figures and the options already.
            settled = again(replace(asked, facts=changed, options={}))
        except InputFaults as error:
            print(clean(str(error)), file=sys.stderr)
            passed.discard(_key(waiting))
            continue
        found, facts = settled, changed
    return found


def _key(entry: Mapping[str, Any]) -> tuple[str, str]:
    return (str(entry["about"]), str(entry["term"]))


def _prompt(entry: Mapping[str, Any], facts: Mapping[str, Any], words: Words) -> str:
    why = words.of(entry["why"]).rstrip(".。") if entry.get("why") else ""
    who = words.who(str(entry["who"])) if entry.get("who") else ""
    detail = words.semicolon.join(filter(None, (why, f"{words('who can verify')}{words.colon}{who}" if who else "")))
    about = words.brackets(place(facts, str(entry["about"]), words))
    rows = [f"{words.of(entry['ask'])}{about}", f"  {detail}" if detail else "", choices(str(entry["term"]), words)]
    return "\n" + "\n".join(clean(row) for row in rows if row) + "\n> "


def choices(term: str, words: Words) -> str:
    """The values to choose from, where they are few."""
    vocabulary = decider().law.vocabulary
    fact = vocabulary.facts.get(term)
    if fact is None or fact.type.kind == "boolean":
        return f"  {words('yes / no; empty: unknown')}"
    if fact.type.kind != "code" or len(vocabulary.domains[fact.type.domain].codes) > 12:
        return ""
    codes = vocabulary.domains[fact.type.domain].codes
    return "  " + words.semicolon.join(f"{code} = {words.of(title)}" for code, title in codes.items())


def with_fact(facts: Mapping[str, Any], about: str, term: str, text: str) -> dict[str, Any]:
    """The facts with one more, on the row that `about` names (`facts.parties[0]`; empty: the transaction).

    For a relation the text says whether its list is complete.
    """
    vocabulary = decider().law.vocabulary
    found: dict[str, Any] = _copied(facts)
    place: dict[str, Any] = found
    for relation, index in _STEP.findall(about):
        held = place[relation]
        place = (held["rows"] if isinstance(held, dict) else held)[int(index)]
    name = term.rpartition(".")[2]
    if term in vocabulary.relations:
        rows = place.get(name, [])
        rows = rows["rows"] if isinstance(rows, dict) else rows
        place[name] = {"rows": rows, "complete": parsed_option(text, BOOLEAN)}
    else:
        fact = vocabulary.facts[term]
        place[name] = parsed_option(text, fact.type)
    return found


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value
