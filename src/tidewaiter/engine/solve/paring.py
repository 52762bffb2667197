"""An example with everything taken away that does not matter to what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tidewaiter.engine.facts import Instance, Row, Rows, reachable
from tidewaiter.engine.vocabulary import Vocabulary

__all__ = ["Claim", "pare"]

Claim = Callable[[Instance, Instance], bool]
"""What the reference evaluator must confirm about a root and the instance asked about."""

_Piece = tuple[Instance, str, str]


def pare(root: Instance, focus: Instance, claim: Claim, vocabulary: Vocabulary) -> None:
    """Take away rows, then facts and empty relations, while the claim holds without them. Changes the instances."""

    def holds() -> bool:
        return claim(root, focus)

    for instance in reachable(root):
        for term in instance.relations:
            _fewer_rows(instance, term, int(vocabulary.relations[term].nonempty), focus, holds)
    instances = list({id(each): each for each in (*reachable(root), *reachable(focus))}.values())
    _without(list(_pieces(instances)), holds)


def _fewer_rows(instance: Instance, term: str, fewest: int, focus: Instance, holds: Callable[[], bool]) -> None:
    """Drop rows, but none on the way to the instance asked about."""
    for row in reversed(instance.relations[term].rows):
        kept = tuple(each for each in instance.relations[term].rows if each is not row)
        if len(kept) >= fewest and focus not in _of_row(row):
            with_fewer = {**instance.relations, term: Rows(kept, True)}
            _tried(instance, "relations", with_fewer, holds)


def _of_row(row: Row) -> list[Instance]:
    return [each for part in (row.target, row.link) if part is not None for each in reachable(part)]


def _pieces(instances: Sequence[Instance]) -> Iterator[_Piece]:
    for instance in instances:
        yield from ((instance, "facts", term) for term in instance.facts)
        yield from ((instance, "relations", term) for term, rows in instance.relations.items() if not rows.rows)


def _without(pieces: Sequence[_Piece], holds: Callable[[], bool]) -> None:
    """Take away all pieces at once if that does no harm, else each half by itself."""
    before = [(instance, name, getattr(instance, name)) for instance, name, _ in pieces]
    for instance, name, term in pieces:
        setattr(instance, name, {key: held for key, held in getattr(instance, name).items() if key != term})
    if not pieces or holds():
        return
    for instance, name, held in before:
        setattr(instance, name, held)
    if len(pieces) > 1:
        middle = len(pieces) // 2
        _without(pieces[:middle], holds)
        _without(pieces[middle:], holds)


def _tried(instance: Instance, name: str, value: Mapping[str, Any], holds: Callable[[], bool]) -> None:
    before = getattr(instance, name)
    setattr(instance, name, value)
    if not holds():
        setattr(instance, name, before)
