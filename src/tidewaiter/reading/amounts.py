"""Money, percentages and quantities in Chinese and English text: where they stand and how much they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tidewaiter.reading.resources import read_data
from tidewaiter.reading.sentences import Span

__all__ = ["MONEY", "PERCENTAGE", "QUANTITY", "Amount", "find_amounts"]

MONEY, PERCENTAGE, QUANTITY = "money", "percentage", "quantity"
_DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NOT_AFTER = "(?<![数几第百千万亿])"
_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_POWER = re.compile(
    r"(?<![\w.])(?:(\d+(?:\.\d+)?)\s?[x×]\s?)?10\s?\^\s?\{?(\d{1,2})\}?|(?<![\w.])(\d+(?:\.\d+)?)e\+?(\d{1,2})(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at [start, end) of a folded text: kind, value and unit (a currency, %, or what is counted).

    `size` is the value in whole units: 5萬 is 50,000. `unit` is empty where the text does not say what is counted.
    """

    start: int
    end: int
    kind: str
    size: float
    unit: str


def find_amounts(text: str, chips: Sequence[Span] = (), names: Sequence[Span] = ()) -> tuple[Amount, ...]:
    """The amounts of a folded text in order, none overlapping another.

    `chips` are the places of chips' names: a number right before one counts chips. An amount ends before any of
    `names` (50,000 Nvidia GPUs: the amount is 50,000).
    """
    low = text.lower()
    low = low if len(low) == len(text) else text
    found = [*_money(low, chips), *_percentages(low), *_quantities(low, chips)]
    return tuple(_disjoint(_cut(each, low, names) for each in found))


def _cut(amount: Amount, low: str, names: Sequence[Span]) -> Amount:
    """An amount without the name that stands within it."""
    first = bisect_right(names, amount.start, key=_start)
    starts = [name.start for name in names[first : first + 4] if name.start < amount.end]
    if not starts:
        return amount
    end = amount.start + len(low[amount.start : min(starts)].rstrip(" -的"))
    return replace(amount, end=end)


def _disjoint(found: Iterable[Amount]) -> Iterator[Amount]:
    end = -1
    for each in sorted(found, key=lambda a: (a.start, -a.end)):
        if each.start >= end and each.end > each.start:
            yield each
            end = each.end


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_data("amounts")
    scales = _either(data["scales"])
    words = _either(data["number_words"])
    han = rf"{_NOT_AFTER}[一二两三四五六七八九十百千]*[百千万亿]+|{_NOT_AFTER}[一二两三四五六七八九十]{{1,3}}"
    number = (
        rf"(?:(?P<plain>{_PLAIN})\s?(?P<more>多|余|几)?(?:\s?(?P<scale>{scales}))?"
        rf"|\b(?P<word>{words})[ -](?P<word_scale>hundred|thousand|million|billion|trillion)"
        rf"|(?P<han>{han}))(?P<odd>多|余)?"
    )
    before = _either(data["currency_before"])
    after = _either(data["currency_after"])
    guard = r"(?<![\w.,])"
    return {
        "money_before": re.compile(rf"(?P<currency>{before})\s?{number}"),
        "money_after": re.compile(rf"(?<![a-z0-9.,]){number}[ -]?(?:的)?(?P<currency>{after})"),
        "percent": re.compile(
            rf"(?<![a-z0-9.,])(?:(?P<tenths>[一二两三四五六七八九])成(?P<more>[一二三四五六七八九])?(?![本为立员长年就熟都功])|百分之(?P<zh>\d+(?:\.\d+)?|[一二三四五六七八九十百]+)|(?P<plain>{_PLAIN})\s?(?:{_either(data['percent'])})(?![a-z本为立员长年就熟]))"
        ),
        "percent_words": re.compile(
            rf"\b(?P<word>{words}|twenty-five|thirty-five|forty-nine)[ -](?:percent|per cent)\b"
        ),
        "number": re.compile(guard.replace(r"\w", "a-z0-9") + number),
    }


def _either(words: Iterable[str]) -> str:
    """The words as a pattern, the longest first; a Latin one must not go on."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(word) + ("(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "") for word in ordered
    )


def _size(match: re.Match[str]) -> float | None:
    """The number of a match in whole units; None where it is none."""
    data = read_data("amounts")
    groups = match.groupdict()
    if groups.get("plain"):
        return float(groups["plain"].replace(",", "")) * float(data["scales"].get(groups.get("scale") or "", 1))
    if groups.get("word"):
        return float(data["number_words"][groups["word"]]) * float(data["scales"][groups["word_scale"]])
    return _han(groups.get("han") or "")


def _han(text: str) -> float | None:
    """The value of Chinese numerals (三千五百万); None for 几万 and the like."""
    total = section = digit = 0.0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "十":
            section += (digit or 1) * 10
            digit = 0
        elif char in "百千":
            section += (digit or 1) * (100 if char == "百" else 1000)
            digit = 0
        elif char in "万亿":
            total = (total + section + digit or 1) * (1e4 if char == "万" else 1e8)
            section = digit = 0
        else:
            return None
    return total + section + digit or None


def _money(low: str, chips: Sequence[Span]) -> Iterator[Amount]:
    data = read_data("amounts")
    for name, table in (("money_before", "currency_before"), ("money_after", "currency_after")):
        for match in _patterns()[name].finditer(low):
            size = _size(match)
            if size is not None and not (
                name == "money_before" and match["currency"].isalpha() and _glued(low, match.start())
            ):
                yield Amount(match.start(), match.end(), MONEY, size, str(data[table][match["currency"]]))
    counter = str(data["shared_counter"])
    for match in _patterns()["number"].finditer(low):
        if (
            low.startswith(counter, match.end())
            and not _near_chip(match.end() + 1, chips)
            and low[match.end() + 1 : match.end() + 2] in ("钱", "")
        ):
            size = _size(match)
            if size is not None:
                yield Amount(match.start(), match.end() + 1, MONEY, size, str(data["currency_after"]["块钱"]))


def _glued(low: str, place: int) -> bool:
    return place > 0 and low[place - 1].isalnum() and low[place - 1].isascii()


def _percentages(low: str) -> Iterator[Amount]:
    for match in _patterns()["percent"].finditer(low):
        if match["tenths"]:
            tens = _DIGITS[match["tenths"]] * 10 + _DIGITS.get(match["more"] or "", 0)
            yield Amount(match.start(), match.end(), PERCENTAGE, float(tens), "%")
            continue
        size = float(match["plain"].replace(",", "")) if match["plain"] else _share(match["zh"])
        if size is not None:
            tenth = match.group().endswith("成")
            yield Amount(match.start(), match.end(), PERCENTAGE, size * (10 if tenth else 1), "%")
    words = read_data("amounts")["number_words"]
    for match in _patterns()["percent_words"].finditer(low):
        size = words.get(match["word"]) or {"twenty-five": 25, "thirty-five": 35, "forty-nine": 49}[match["word"]]
        yield Amount(match.start(), match.end(), PERCENTAGE, float(size), "%")


def _share(text: str) -> float | None:
    return float(text) if text[0].isdigit() else _han(text)


def _quantities(low: str, chips: Sequence[Span]) -> Iterator[Amount]:
    for match in _POWER.finditer(low):
        base, power = (match[1] or "1", match[2]) if match[2] else (match[3], match[4])
        unit = _unit_after(low, match.end())
        end = unit[1] if unit else match.end()
        yield Amount(match.start(), end, QUANTITY, float(base) * 10 ** int(power), unit[0] if unit else "")
    for match in _patterns()["number"].finditer(low):
        size = _size(match)
        if size is None:
            continue
        unit = _unit_after(low, match.end())
        if unit and not (unit[0] in ("people", "entities") and size <= 3 and match["han"]):
            yield Amount(match.start(), unit[1], QUANTITY, size * unit[2], unit[0])
        elif before := _unit_before(low, match.start()):
            yield Amount(match.start(), match.start() + len(match.group().rstrip()), QUANTITY, size, before)
        elif _right_before(low, match.end(), chips) and size >= 2:
            end = match.start() + len(match.group().rstrip())
            yield Amount(match.start(), end, QUANTITY, size, "chips")


@cache
def _unit_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    data = read_data("amounts")
    units = {word: key for key, forms in data["units"].items() for word in (*forms["zh"], *forms["en"])}
    zh = _either({word for forms in data["units"].values() for word in forms["zh"]})
    en = _either({word for forms in data["units"].values() for word in forms["en"]})
    pattern = rf"(?P<zh>{zh})|[ -]?(?:(?:{data['adjectives']})[ -]){{0,3}}(?P<en>{en})(?![a-z0-9])"
    return re.compile(pattern), units


def _unit_after(low: str, place: int) -> tuple[str, int, float] | None:
    """The unit, its end, and its factor, of a number that ends at a place."""
    pattern, units = _unit_pattern()
    match = pattern.match(low, place) or (pattern.match(low, place + 1) if low[place : place + 1] == " " else None)
    if match is None:
        return None
    word = match["zh"] or match["en"]
    return units[word], match.end(), float(read_data("amounts")["factors"].get(word, 1))


def _unit_before(low: str, place: int) -> str:
    """The unit that stands before a number, empty when none does."""
    for unit, pattern in read_data("amounts")["before_units"].items():
        if re.search(rf"{pattern}$", low[max(0, place - 40) : place]):
            return str(unit)
    return ""


def _near_chip(place: int, chips: Sequence[Span]) -> bool:
    first = bisect_left(chips, place, key=_start)
    return any(chip.start <= place + int(read_data("amounts")["chip_reach"]) for chip in chips[first : first + 1])


def _start(span: Span) -> int:
    return span.start


def _right_before(low: str, place: int, chips: Sequence[Span]) -> bool:
    """Whether a chip's name follows a number at once, but for a few adjectives."""
    adjectives = str(read_data("amounts")["adjectives"])
    first = bisect_left(chips, place, key=_start)
    for chip in chips[first : first + 2]:
        if chip.start <= place + 30:
            between = low[place : chip.start].strip()
            if re.fullmatch(rf"(?:(?:{adjectives}|of|the|its|走私|英伟达)[\s的-]*)*", between):
                return True
    return False
