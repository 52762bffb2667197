"""What people write about a party, as screening takes it: countries, kinds, numbers, lists."""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter.base.errors import Fault
from tidewaiter.engine.syntax import nearest
from tidewaiter.faces.composition import decider
from tidewaiter.faces.screening.listed import settings

__all__ = ["KINDS", "country_of", "identifiers_of", "kind_of", "lists_of"]

KINDS = {
    "person": "Person",
    "organization": "Organization",
    "company": "Organization",
    "个人": "Person",
    "组织": "Organization",
}
"""The kinds of party, as people write them."""


def country_of(text: str, where: str, faults: list[Fault]) -> str:
    """The code of a country written as code or name, English or Chinese; '' for empty text. Other text is a fault."""
    from tidewaiter.determine.statements import stated_value

    if not text.strip():
        return ""
    vocabulary = decider().law.vocabulary
    found = stated_value(vocabulary.facts[settings()["where"]], text.strip(), vocabulary, where, faults)
    return found if isinstance(found, str) else ""


def kind_of(text: str, where: str, faults: list[Fault]) -> str:
    """The schema of a kind of party; '' for empty text. Other text is a fault."""
    if not text.strip():
        return ""
    found = KINDS.get(text.strip().lower())
    if found is None:
        faults.append(Fault(where, f"'{text:.40}' is no kind of party", "person or organization"))
    return found or ""


def identifiers_of(texts: Iterable[str], faults: list[Fault]) -> tuple[tuple[str, str], ...]:
    """Pairs of kind and number from `KIND=NUMBER`."""
    found = []
    for text in texts:
        kind, equals, value = text.partition("=")
        if equals and kind.strip() and value.strip():
            found.append((kind.strip(), value.strip()))
        else:
            faults.append(
                Fault("--identifier", f"'{text:.60}' is no KIND=NUMBER", "--identifier uscc=91110108MA00000000")
            )
    return tuple(found)


def lists_of(texts: Iterable[str], faults: list[Fault]) -> tuple[str, ...]:
    """Codes of lists; several may stand in one text, parted by commas. The short codes of the CSL do, too."""
    from tidewaiter.evidence.parties.lists.catalogue import list_of_code, lists

    found: dict[str, None] = {}
    for text in (part.strip() for each in texts for part in each.split(",")):
        if not text:
            continue
        code = list_of_code(text.lower().replace("-", "_")) or list_of_code(text)
        if code:
            found[code] = None
        else:
            faults.append(Fault("--list", f"'{text:.40}' is no list", nearest(text, lists()) or ", ".join(lists())))
    return tuple(found)
