"""What the texts of the lists mean: days, countries, kinds, names with their aliases, footnotes. Patterns are data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "address_pieces",
    "alias_pieces",
    "clean",
    "country_code",
    "data_folder",
    "day_after",
    "day_in",
    "folded",
    "footnote_numbers",
    "kind_code",
    "pattern",
    "read_data",
    "shortened",
    "split_names",
    "words",
]

_SKIPPED = re.compile(r"[\W_]+")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")
_WORDED = re.compile(r"\b(\d{1,2})\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})|\b([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s*(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY = 2000


def data_folder() -> Traversable:
    """The folder of this room's data, also inside an installed or zipped package."""
    folder = Path(__file__).parent / "data"
    if folder.is_dir():
        return folder
    from importlib import resources

    return resources.files("tidewaiter.evidence.parties.lists") / "data"


@lru_cache(maxsize=16)
def read_data(name: str) -> Any:
    """One YAML file of the data folder, as plain data."""
    from tidewaiter.base.yaml import load_yaml

    return load_yaml((data_folder() / name).read_text(encoding="utf-8"), name)


def words() -> dict[str, Any]:
    """The patterns and words of the lists' texts."""
    found: dict[str, Any] = read_data("texts.yaml")
    return found


@lru_cache(maxsize=256)
def pattern(source: str) -> re.Pattern[str]:
    """A pattern of the data, compiled once; case does not count."""
    return re.compile(source, re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return frozenset(words()["empty"])


def clean(value: object) -> str:
    """Text in one line without outer blanks; what stands for nothing (None, -0-) is empty."""
    if not value:
        return ""
    text = " ".join(str(value).split()).strip("\x1a ")
    return "" if text.casefold() in _empty() else text


def folded(text: str) -> str:
    """A name's letters and digits only, for telling whether two printings are of one name."""
    whole = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _SKIPPED.sub("", whole.casefold())


def shortened(text: str, field: str) -> str:
    """A text at most as long as the data allow for this field."""
    most = int(words()[field + "_length"])
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def day_in(text: str) -> date | None:
    """The first day that a text states in one of the lists' forms; month before day where both are numbers."""
    if match := _ISO.search(text):
        return _day(*(int(part) for part in match.groups()))
    if match := _WORDED.search(text):
        first, second = match.groups()[:3], match.groups()[3:]
        day, month, year = first if first[0] else (second[1], second[0], second[2])
        number = next((place for place, name in enumerate(_MONTHS, 1) if month.casefold().startswith(name)), 0)
        return _day(int(year), number, int(day))
    if match := _SLASHED.search(text):
        month, day, year = (int(part) for part in match.groups())
        return _day(year if year > 99 else _CENTURY + year, month, day)
    return None


def day_after(text: str) -> date | None:
    """The day after the first day that a text states: lists print the last day of an entry."""
    day = day_in(text)
    return day + timedelta(days=1) if day and day < date.max else day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    table: dict[str, list[str]] = read_data("countries.yaml")
    return {folded(name): code for code, names in table.items() for name in (code, *names)}


@lru_cache(maxsize=4096)
def country_code(text: str) -> str:
    """The ISO-2 code of a country as the lists write it, '' when unknown."""
    return _countries().get(folded(text), "")


def kind_code(text: str) -> str:
    """The kind of a party as an entry holds it, '' when the source does not say."""
    return str(words()["kinds"].get(folded(text), ""))


def footnote_numbers(requirement: str, citation: str) -> tuple[int, ...]:
    """The footnotes that follow from the paragraphs a requirement cites, in order."""
    return tuple(dict.fromkeys(_footnotes(requirement, citation)))


def _footnotes(requirement: str, citation: str) -> Iterator[int]:
    for row in words()["footnotes"] if requirement else ():
        cited = row.get("with_citation")
        if (not cited or any(each in citation for each in cited)) and pattern(row["pattern"]).search(requirement):
            yield row["number"]


def split_names(text: str) -> tuple[str, list[tuple[str, str]], str]:
    """A printed name as (name, [(other name, kind)], parent): affiliates, alias blocks and short forms undone."""
    text, parent, others = clean(text), "", list[tuple[str, str]]()
    if match := pattern(words()["affiliated"]).match(text):
        text, parent = match["name"], match["parent"]
    if (
        (match := pattern(words()["alias_block"]).search(text))
        and match.start() > 1
        and "k" in match.group().casefold()
    ):
        head, tail = text[: match.start()], text[match.end() :]
        kind = "former" if pattern(words()["former_block"]).match(match.group().lstrip(" ,(")) else "alias"
        others += [(piece, kind) for piece in alias_pieces(tail.rstrip(")"))]
        text = head
    text = pattern(words()["name_marks"]).sub("", text.strip()).strip().rstrip(",;").strip()
    if (match := pattern(words()["short_form"]).match(text)) and _is_short(match["short"], match["name"]):
        others.append((match["short"].strip(), "weak" if len(match["short"]) < 4 else "alias"))
    return text, others, parent


def alias_pieces(text: str) -> list[str]:
    """The aliases of a block, divided by semicolons or dashes."""
    pieces = (clean(piece).strip("—- ,;") for piece in pattern(words()["alias_break"]).split(text))
    bare = (each if pattern(words()["form_dot"]).search(each[:-1]) else each.rstrip(".") for each in pieces)
    return [pattern(words()["aliases_and"]).sub("", piece) for piece in bare if len(piece) > 1]


def address_pieces(text: str) -> list[str]:
    """The addresses of a text that prints several; references to other entries and lost alias headings left out."""
    for said in ("see_also", "following"):
        text = pattern(words()[said]).sub("", text)
    pieces = pattern(words()["address_break"]).split(text)
    return [piece for part in pieces if (piece := clean(part).strip(" .;,"))]


def _is_short(text: str, name: str) -> bool:
    """Whether brackets hold a short form: initials, or words of the name; a place or a legal form is none."""
    if len(text.split()) > int(words()["short_form_words"]) or country_code(text):
        return False
    initials = text.isupper() and len(text) > 1 and not pattern(words()["legal_forms"] + "$").match(text)
    return initials or folded(text) in folded(name)
