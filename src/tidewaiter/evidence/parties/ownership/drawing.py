"""The owners of one day as a tree: each holder with its share, told once in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tidewaiter.evidence.parties.ownership.graph import Picture
from tidewaiter.evidence.parties.ownership.shares import Share, Span

__all__ = ["Branch", "branches"]


@dataclass(frozen=True, slots=True)
class Branch:
    """A holder in the tree. `share` is its share of the one below it, None at the root; `rest` are the owners that
    nobody stated. `above` says that it is told nearer to the root, `around` that it owns itself through those between.
    """

    key: str
    name: str
    share: Share | None = None
    sure: bool = True
    since: Span | None = None
    sources: tuple[str, ...] = ()
    above: bool = False
    around: bool = False
    rest: bool = False
    owners: tuple[Branch, ...] = ()


def branches(picture: Picture, key: str) -> Branch:
    """The tree of one holder's owners."""
    return Branch(key, picture.name(key), owners=_grow(picture, (key,), picture.above(key)))


def _grow(picture: Picture, path: tuple[str, ...], reached: Mapping[str, str]) -> tuple[Branch, ...]:
    key = path[-1]
    found = []
    for each in picture.owners(key):
        around, here = each.owner in path, reached.get(each.owner) == key
        over = _grow(picture, (*path, each.owner), reached) if here and not around else ()
        name = picture.name(each.owner)
        found.append(
            Branch(each.owner, name, each.share, each.sure, each.since, each.sources, not here, around, owners=over)
        )
    rest = picture.rest(key)
    if found and rest.high > 0:
        found.append(Branch("", "", rest, rest=True))
    return tuple(found)
