"""`tidewaiter ask`: from "what do you want to do?" to a determination, with as few questions as decide it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tidewaiter.base.errors import InputFaults
from tidewaiter.determine.options import option_fact, parsed_option
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.vocabulary import Fact
from tidewaiter.faces.asking import Asked, answer
from tidewaiter.faces.cli.interview import choices, interview
from tidewaiter.faces.cli.running import Screen
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider, item_facts
from tidewaiter.faces.pages.blocks import clean
from tidewaiter.faces.pages.words import Words

__all__ = ["ITEM", "guide"]

ITEM = "item"
"""The opening question that names a thing of the catalog rather than a fact."""
_Ask = Callable[[str], str]


def guide(question: str, on: dt.date, strict: bool, screen: Screen, ask: _Ask | None = None) -> int:
    """Lead through one question and show its answer; returns the exit code. End of input stops with what is known."""
    words, ask = screen.words, ask or _asked
    try:
        spec = decider().specification(question or _kind(words, ask))
        asked = _opened(spec, Asked(spec.name, on=on, profile=None if strict else DEFAULT_PROFILE), words, ask)
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        return 2
    found = interview(answer(asked), asked, answer, words, ask)
    from tidewaiter.faces.pages.determination import answer_page

    screen.show(lambda: found.to_json(proof=False), lambda: answer_page(found, words, full=False))
    return found.exit_code


def _asked(prompt: str) -> str:
    """One answer of a person; prompts go to standard error, so that standard output holds the answer alone."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return input()


def _kind(words: Words, ask: _Ask) -> str:
    """The kind of question, chosen from the ones that the law composes, by number or name."""
    kinds = {name: words.written(data["title"]) for name, data in decider().law.questions.items()}
    listed = "\n".join(f"  {index}  {title}" for index, title in enumerate(kinds.values(), 1))
    names = list(kinds)
    while True:
        text = ask(f"{words('What do you want to do?')}\n{listed}\n> ").strip()
        if text in kinds:
            return text
        if text.isdigit() and 1 <= int(text) <= len(names):
            return names[int(text) - 1]


def _opened(spec: Specification, asked: Asked, words: Words, ask: _Ask) -> Asked:
    """The question with what it always turns on: asked for one by one, an empty line leaves it out."""
    for name in spec.opens:
        while True:
            text = ask(_prompt(name, spec, words)).strip()
            changed = _with(asked, name, text, spec)
            try:
                if name == ITEM and text:
                    item_facts(text)
                answer(changed)
            except InputFaults as error:
                print(clean(str(error)), file=sys.stderr)
                continue
            asked = changed
            break
    return asked


def _with(asked: Asked, name: str, text: str, spec: Specification) -> Asked:
    if not text:
        return asked
    if name == ITEM:
        return replace(asked, item=text)
    fact = option_fact(spec.options[name], decider().law.vocabulary)
    value: Any = parsed_option(text, fact.type if fact else None)
    options: Mapping[str, Any] = {**asked.options, name: value}
    return replace(asked, options=options)


def _prompt(name: str, spec: Specification, words: Words) -> str:
    fact: Fact | None = None if name == ITEM else option_fact(spec.options[name], decider().law.vocabulary)
    if fact is None:
        return f"\n{words('Which chip, card, server or memory is it? (a usual name; empty: none)')}\n> "
    why = f"  {words('why we ask')}{words.colon}{words.of(fact.why)}" if fact.why else ""
    who = f"  {words('who can verify')}{words.colon}{words.who(fact.who)}" if fact.who else ""
    rows = [words.of(fact.ask or fact.title), why, who, choices(fact.term, words)]
    return "\n" + "\n".join(clean(row) for row in rows if row) + "\n> "
