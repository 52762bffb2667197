"""Flat tables from a 32-bit key to numbers: nothing to build when read, a few steps to look up."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Buckets", "Runs", "bucketed", "flat", "runs"]

_U32 = "I"


@dataclass(frozen=True, slots=True)
class Runs:
    """Lists of numbers, one for each index, laid end to end."""

    starts: array[int] | memoryview
    values: array[int] | memoryview

    def __getitem__(self, at: int) -> list[int]:
        values: list[int] = self.values[self.starts[at] : self.starts[at + 1]].tolist()
        return values

    def __len__(self) -> int:
        return len(self.starts) - 1

    def length(self, at: int) -> int:
        """How many numbers stand at an index."""
        return int(self.starts[at + 1] - self.starts[at])


@dataclass(frozen=True, slots=True)
class Buckets:
    """Numbers by a 32-bit key; the top bits choose a bucket, in which the whole keys stand beside the numbers."""

    starts: array[int] | memoryview
    keys: array[int] | memoryview
    values: array[int] | memoryview
    shift: int

    def get(self, key: int) -> list[int]:
        """The numbers that stand under a key."""
        bucket = key >> self.shift
        start, end = self.starts[bucket], self.starts[bucket + 1]
        if start == end:
            return []
        keys, values = self.keys, self.values
        return [values[at] for at in range(start, end) if keys[at] == key]

    def any(self, wanted: Iterable[int]) -> list[int]:
        """The numbers that stand under any of some keys, each once, in the order met."""
        starts, keys, values, shift = self.starts, self.keys, self.values, self.shift
        found: dict[int, None] = {}
        for key in wanted:
            bucket = key >> shift
            at, end = starts[bucket], starts[bucket + 1]
            while at < end:
                if keys[at] == key:
                    found[values[at]] = None
                at += 1
        return list(found)


def runs(lists: Iterable[Sequence[int]]) -> Runs:
    """Lists of numbers laid end to end."""
    starts, values = array(_U32, [0]), array(_U32)
    for each in lists:
        values.extend(each)
        starts.append(len(values))
    return Runs(starts, values)


def bucketed(pairs: Iterable[tuple[int, int]], most: int = 0) -> Buckets:
    """Numbers by key. A key with more than `most` numbers is left out where `most` is given: it tells too little."""
    ordered = sorted(set(pairs))
    if most:
        ordered = _rare(ordered, most)
    bits = max(len(ordered).bit_length(), 4)
    shift = 32 - bits
    counts = [0] * ((1 << bits) + 1)
    for key, _ in ordered:
        counts[(key >> shift) + 1] += 1
    starts, total = array(_U32), 0
    for count in counts:
        total += count
        starts.append(total)
    return Buckets(starts, array(_U32, (k for k, _ in ordered)), array(_U32, (v for _, v in ordered)), shift)


def _rare(ordered: list[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    group: list[tuple[int, int]] = []
    for pair in [*ordered, None]:
        if group and (pair is None or pair[0] != group[0][0]):
            if len(group) <= most:
                kept += group
            group = []
        if pair is not None:
            group.append(pair)
    return kept


def flat(table: Runs | Buckets) -> dict[str, array[int] | memoryview]:
    """The arrays of a table by field, for a file of columns."""
    names = ("starts", "values") if isinstance(table, Runs) else ("starts", "keys", "values")
    return {name: getattr(table, name) for name in names}
