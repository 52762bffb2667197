"""From what somebody wrote to one item: exact name, name with its maker, plural, "eight … server"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from tidewaiter.evidence.catalog.names import bare, spaced

__all__ = ["candidates", "quantity", "without_assembly"]

_STEPS = 4


def candidates(name: str, names: Mapping[str, Any], items: Mapping[str, Any], words: Mapping[str, Any]) -> list[str]:
    """The keys of the items that a name may stand for: none, one, or the members of a family."""
    for form in _forms(bare(_spoken(name, words)), words):
        if keys := _known(form, names, items):
            return keys
    return []


def _known(form: str, names: Mapping[str, Any], items: Mapping[str, Any]) -> list[str]:
    if form in names["exact"]:
        return [names["exact"][form]]
    if form in names["family"]:
        return list(names["family"][form])
    for word, makers in names["makers"].items():
        if form.startswith(word) and len(form) > len(word):
            keys = _known(form[len(word) :], {**names, "makers": {}}, items)
            own = [key for key in keys if (items[key].get("vendor") or items[key].get("developer")) in makers]
            if own:
                return own
    return []


def _forms(form: str, words: Mapping[str, Any]) -> Iterator[str]:
    """The form itself, then with generic words at its end (`GPU`, `芯片`) and a plural s taken off."""
    seen, open_forms = {form}, [form]
    for _ in range(_STEPS):
        yield from open_forms
        shorter = [short for long in open_forms for short in _shorter(long, words)]
        open_forms = [short for short in dict.fromkeys(shorter) if short and short not in seen]
        seen.update(open_forms)


def _shorter(form: str, words: Mapping[str, Any]) -> Iterator[str]:
    yield from (form[: -len(word)] for word in words["generic"] if form.endswith(word))
    if form.endswith("s"):
        yield form[:-1]


def _spoken(name: str, words: Mapping[str, Any]) -> str:
    """The name without an article, which must be a word of its own: `a100` keeps its a."""
    text = spaced(name).strip(" -.,;:!?。，、；：？！\"'")
    return next((text[len(word) + 1 :] for word in words["leading"] if text.startswith(f"{word} ")), text)


def without_assembly(name: str, words: Mapping[str, Any]) -> str:
    """The name without a word for a server around it; the empty text if there is none."""
    text = _spoken(name, words)
    for word in words["assembly"]:
        if text.endswith(word) and text != word:
            return text[: -len(word)].rstrip(" -")
        if match := re.match(rf"{re.escape(word)} (?:with|of) (.+)", text):
            return match[1]
    return ""


def quantity(name: str, words: Mapping[str, Any]) -> tuple[int, str] | None:
    """How many of what: `eight H200`, `8x H200`, `H200 x8`, `8卡H200`, `5万块H100`; None without a number."""
    text = _spoken(name, words)
    for pattern in _patterns(tuple(words["counts"]), tuple(words["scales"]), tuple(words["times"])):
        if match := pattern.fullmatch(text):
            count = _count(match["count"], match["scale"], words)
            return (count, match["rest"].strip(" -")) if count else None
    return None


def _count(written: str, scale: str | None, words: Mapping[str, Any]) -> int:
    number = words["counts"].get(written) or float(written.replace(",", ""))
    return int(number * words["scales"].get(scale, 1))


@lru_cache(maxsize=4)
def _patterns(counts: tuple[str, ...], scales: tuple[str, ...], times: tuple[str, ...]) -> list[re.Pattern[str]]:
    digits = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7}(?:\.[0-9]+(?=\D))?"
    count = rf"(?P<count>{digits}|{_any(counts)})(?![0-9])\s*(?P<scale>{_any(scales)})?"
    unit = rf"(?:{_any(times)})"
    texts = (
        rf"{count}[\s-]*{unit}(?:[\s-]+|(?<=[^a-z])|(?=[a-z]+[0-9]))(?P<rest>.+)",
        rf"{count}(?:[\s-]+|(?=[^0-9.]))(?P<rest>.+)",
        rf"(?P<rest>.+?)[\s-]*[x×*][\s-]*{count}",
        rf"(?P<rest>.+?)[\s-]+{count}[\s-]*{unit}",
    )
    return [re.compile(text) for text in texts]


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
