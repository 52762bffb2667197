"""The composition root: the shipped law, catalog and reader wired together once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults, QuestionFaults
from tidewaiter.determine.deciding import Decider
from tidewaiter.determine.determination import Determination
from tidewaiter.determine.options import with_options
from tidewaiter.library.compiled import load_compiled

__all__ = ["DEFAULT_PROFILE", "check", "decider", "item_facts", "question_facts"]

DEFAULT_PROFILE = "plain_commercial"
"""The profile of assumptions under which a plain question is answered unless another one is named."""


@cache
def decider() -> Decider:
    """The decider of the shipped law, made once."""
    return Decider(load_compiled())


def item_facts(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts of a catalog item, and what an answer says of where they come from.

    Raises NameNotFound or AmbiguousName.
    """
    from tidewaiter.evidence import catalog

    found = catalog.look_up(name)
    chip = found.chip
    facts = catalog.shipped(chip) | catalog.default_catalog().asked(found)
    about = {
        "asked": name,
        "key": chip.key,
        "name": chip.name,
        "vendor": chip.vendor,
        "sources": list(chip.sources),
        "confidence": chip.confidence,
        "variants": [other if isinstance(other, str) else other.name for other in found.others],
        "because": {"en": found.because, "zh": found.because_zh},
        "note": chip.note,
    }
    return facts, about


def question_facts(
    question: str, item: str | None, options: Mapping[str, Any], facts: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """All facts of a question: the catalog's figures, then what was stated. Faults of item and options together."""
    faults: list[Fault] = []
    figures: dict[str, Any] = {}
    about: dict[str, Any] = {}
    own = decider()
    spec = own.specification(question)
    if item:
        try:
            figures, about = item_facts(item)
        except InputFaults as error:
            faults += error.faults
    try:
        merged = with_options({**figures, **facts}, options, spec, own.law.vocabulary)
    except QuestionFaults as error:
        raise QuestionFaults([*faults, *error.faults]) from None
    if faults:
        raise QuestionFaults(faults)
    return merged, about


def check(
    question: str,
    on: dt.date,
    *,
    item: str | None = None,
    options: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    profile: str | None = DEFAULT_PROFILE,
) -> Determination:
    """The determination of a question by names and facts. Raises InputFaults with every fault."""
    merged, about = question_facts(question, item, options or {}, facts or {})
    return decider().decide(question, merged, on, profile=profile, item=about)
