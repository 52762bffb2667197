"""Where each word, joined pair, abbreviation and pair of hanzi stands: the index over the names of a list.

A row is one name of one entry. Rows of a word are ordered by how little else they hold, so that the first ones are
the nearest to a query of that word alone.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

from tidewaiter.evidence.parties.search.buckets import Buckets, Runs, bucketed, flat, runs
from tidewaiter.evidence.parties.search.container import Columns
from tidewaiter.evidence.parties.search.keys import LONGEST_WORD, bigrams, deletions, hashed, joins, sounded, spelling

__all__ = ["Keyed", "Postings", "information_of", "postings", "postings_columns", "read_postings"]

_TABLES = ("hanzi", "initials", "joined", "near", "rows", "solid", "spelled")
_MOST_JOINED = 64
_MOST_SPELLED = 512
_MOST_INITIALS = 200


@dataclass(frozen=True, slots=True)
class Keyed:
    """What a name is found by.

    `words` are its words in Latin letters, in order, `weights` what their class lets each count (1 the brand, .1 a
    legal form; () when not known), `more` other keys that count as words (its pinyin, its terms), `initials` its
    abbreviations, `hanzi` its Chinese characters, simplified, `spelled` its whole folded form.
    """

    words: tuple[str, ...]
    spelled: str
    weights: tuple[float, ...] = ()
    more: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    hanzi: str = ""


class Postings:
    """The index: rows by word, by joined words, by initials, by hanzi, by spelling; and what each word tells."""

    __slots__ = (*_TABLES, "hanzi_rows", "information", "size", "texts", "unknown", "weight", "words")

    def __init__(
        self,
        words: Sequence[str],
        tables: dict[str, Runs | Buckets],
        information: array[float] | memoryview,
        weight: array[float] | memoryview,
        hanzi_rows: int,
    ) -> None:
        self.texts = words
        self.words = {word: number for number, word in enumerate(words)}
        self.rows: Runs = tables["rows"]  # type: ignore[assignment]
        self.near: Buckets = tables["near"]  # type: ignore[assignment]
        self.joined: Buckets = tables["joined"]  # type: ignore[assignment]
        self.initials: Buckets = tables["initials"]  # type: ignore[assignment]
        self.hanzi: Buckets = tables["hanzi"]  # type: ignore[assignment]
        self.solid: Buckets = tables["solid"]  # type: ignore[assignment]
        self.spelled: Buckets = tables["spelled"]  # type: ignore[assignment]
        self.information = information
        self.weight = weight
        self.size = len(weight)
        self.unknown = information_of(1, self.size)
        self.hanzi_rows = hanzi_rows


def information_of(rows: int, of: int) -> float:
    """What a word tells that stands in `rows` of all rows: 1 for a word met once, near 0 for one met everywhere."""
    return log(1 + of / max(rows, 1)) / log(1 + max(of, 1)) if of else 1.0


def postings(names: Sequence[Keyed]) -> Postings:
    """The index over names; a row is a name's place in the sequence."""
    held: dict[str, list[int]] = defaultdict(list)
    classes: dict[str, float] = defaultdict(float)
    for row, name in enumerate(names):
        weights = dict(zip(name.words, name.weights, strict=False))
        for word in dict.fromkeys((*name.words, *name.more)):
            held[word].append(row)
            classes[word] += weights.get(word, 1.0)
    ordered = sorted(held)
    size = len(names)
    information = array(
        "f", (information_of(len(held[word]), size) * classes[word] / len(held[word]) for word in ordered)
    )
    told = dict(zip(ordered, information, strict=True))
    weight = array("f", (sum(told[word] for word in dict.fromkeys(name.words or name.more)) for name in names))
    tables: dict[str, Runs | Buckets] = {
        "rows": runs(sorted(held[word], key=weight.__getitem__) for word in ordered),
        "near": bucketed(
            (key, number) for number, word in enumerate(ordered) for key in (*deletions(word), *sounded(word))
        ),
        "solid": bucketed(_keys_of_whole(names), _MOST_SPELLED),
        "joined": bucketed(_keys(names, lambda name: joins(name.words, 3)), _MOST_JOINED),
        "initials": bucketed(_keys(names, lambda name: name.initials), _MOST_INITIALS),
        "hanzi": bucketed(_keys(names, lambda name: bigrams(name.hanzi))),
        "spelled": bucketed(_keys(names, lambda name: [spelling(name.spelled)]), _MOST_SPELLED),
    }
    return Postings(ordered, tables, information, weight, sum(bool(name.hanzi) for name in names))


def _keys(names: Sequence[Keyed], of: Callable[[Keyed], Iterable[str]]) -> Iterable[tuple[int, int]]:
    return ((hashed(key), row) for row, name in enumerate(names) for key in of(name) if key)


def _keys_of_whole(names: Sequence[Keyed]) -> Iterable[tuple[int, int]]:
    """One letter apart as a whole: for short names of several words, whose spaces may be what is wrong."""
    for row, name in enumerate(names):
        whole = spelling(name.spelled)
        if len(name.words) in (2, 3) and len(whole) <= LONGEST_WORD:
            yield from ((key, row) for key in deletions(whole))


def postings_columns(index: Postings) -> Columns:
    """The index as columns of a file."""
    arrays: dict[str, array[int] | array[float] | memoryview] = {
        f"{name}.{field}": column for name in _TABLES for field, column in flat(getattr(index, name)).items()
    }
    shifts = array("B", (_shift(getattr(index, name)) for name in _TABLES))
    arrays |= {
        "hanzi_rows": array("I", [index.hanzi_rows]),
        "shifts": shifts,
        "information": index.information,
        "weight": index.weight,
    }
    return Columns({}, {"words": "\n".join(index.texts).encode()}, arrays)


def read_postings(columns: Columns) -> Postings:
    """The index from columns of a file. Raises KeyError where one is missing."""
    arrays = columns.arrays
    tables: dict[str, Runs | Buckets] = {}
    for name, shift in zip(_TABLES, arrays["shifts"], strict=True):
        starts, values = arrays[f"{name}.starts"], arrays[f"{name}.values"]
        tables[name] = Buckets(starts, arrays[f"{name}.keys"], values, shift) if shift else Runs(starts, values)
    texts = str(columns.texts["words"], "utf-8")
    words = texts.split("\n") if texts else []
    return Postings(words, tables, arrays["information"], arrays["weight"], int(arrays["hanzi_rows"][0]))


def _shift(table: Runs | Buckets) -> int:
    return table.shift if isinstance(table, Buckets) else 0
