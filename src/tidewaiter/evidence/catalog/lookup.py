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
    for form in _forms(bare(name), words):
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
    """The form itself, then with articles, generic words (`GPU`, `芯片`) and a plural s taken off."""
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
    yield from (form[len(word) :] for word in words["leading"] if form.startswith(word))


def without_assembly(name: str, words: Mapping[str, Any]) -> str:
    """The name without a word for a server around it; the empty text if there is none."""
    text = spaced(name)
    for word in words["assembly"]:
        if text.endswith(word) and text != word:
            return text[: -len(word)].rstrip(" -")
        if match := re.match(rf"(?:an? )?{re.escape(word)} (?:with|of) (.+)", text):
            return match[1]
    return ""


def quantity(name: str, words: Mapping[str, Any]) -> tuple[int, str] | None:
    """How many of what: `eight H200`, `8x H200`, `H200 x8`, `8卡H200`; None without a number."""
    text = spaced(name)
    before, after = _patterns(tuple(words["counts"]), tuple(words["times"]))
    if (match := before.fullmatch(text)) or (match := after.fullmatch(text)):
        written = match["count"].replace(",", "")
        count = int(written) if written.isdecimal() else words["counts"][written]
        return (count, match["rest"]) if count else None
    return None


@lru_cache(maxsize=4)
def _patterns(counts: tuple[str, ...], times: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    by_length = sorted(counts, key=len, reverse=True)
    count = rf"(?P<count>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,7}}|{'|'.join(map(re.escape, by_length))})"
    unit = f"(?:{'|'.join(map(re.escape, times))})"
    digit_end = r"(?![0-9])"
    before = rf"{count}{digit_end}[\s-]*(?:{unit}(?![a-z])[\s-]*|{unit}(?=[a-z]+[0-9])|)(?P<rest>\D.*|[0-9]{{4}}.*)"
    after = rf"(?P<rest>.+?)(?:[\s-]*[x×*][\s-]*{count}|[\s-]+{count}[\s-]*{unit})"
    return re.compile(before), re.compile(after)
