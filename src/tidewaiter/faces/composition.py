"""The composition root: the shipped law, catalog and reader wired together once."""

from __future__ import annotations

from functools import cache
from typing import Any

from tidewaiter.determine.deciding import Decider
from tidewaiter.library.compiled import load_compiled

__all__ = ["DEFAULT_PROFILE", "decider", "item_facts"]

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
