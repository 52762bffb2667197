"""The owners of one day as rows of the law's relation, as a question takes them; the law adds up, not this module."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from tidewaiter.base.errors import LimitExceeded
from tidewaiter.base.yaml import load_yaml
from tidewaiter.evidence.parties.ownership.graph import Holder, Holding, Picture
from tidewaiter.evidence.parties.ownership.shares import Share

__all__ = ["MAX_DEPTH", "REST", "owner_rows", "relation_name"]

MAX_DEPTH = 50
"""Longest chain of owners, counted from the nearest way to each."""
REST = "?"
"""What stands before the id of a row for the owners that nobody stated."""
_FACTS_OF = Callable[[Holder], Mapping[str, Any]]


@cache
def _names() -> dict[str, Any]:
    file = resources.files("tidewaiter.evidence.parties.ownership").joinpath("data", "relation.yaml")
    found: dict[str, Any] = load_yaml(file.read_text(encoding="utf-8"), "relation.yaml")
    return found


def relation_name() -> str:
    """The law's name of the relation."""
    return str(_names()["relation"])


def owner_rows(picture: Picture, key: str, facts_of: _FACTS_OF, language: str = "en") -> dict[str, Any]:
    """The relation of one holder: `{complete: true, rows: […]}`, each owner once with its own owners, then by `ref`.

    `facts_of` gives what else is known of a holder. What the stated shares leave is one more row, of which nothing
    is known; so a list of owners is complete, and no share that nobody stated counts as nobody's. The row that holds
    the relation must carry the holder's key as its `id`. Raises LimitExceeded for chains beyond `MAX_DEPTH`.
    """
    return _Rows(picture, key, facts_of, language).of(key)


class _Rows:
    def __init__(self, picture: Picture, key: str, facts_of: _FACTS_OF, language: str) -> None:
        self.picture, self.facts_of, self.language = picture, facts_of, language
        self.names: dict[str, str] = _names()["facts"]
        self.reached = picture.above(key)

    def of(self, key: str, depth: int = 0) -> dict[str, Any]:
        if depth > MAX_DEPTH:
            raise LimitExceeded(f"ownership: a chain of more than {MAX_DEPTH} owners")
        rows = [self.row(each, depth) for each in self.picture.owners(key)]
        rest = self.picture.rest(key)
        if rest.high > 0:
            rows.append(self.rest(key, rest))
        return {"complete": True, "rows": rows}

    def row(self, holding: Holding, depth: int) -> dict[str, Any]:
        """A holder is told where it is nearest to the root, and named by `ref` elsewhere: rows nest no deeper."""
        share = {self.names["share"]: _plain(holding.share)}
        if self.reached.get(holding.owner) != holding.owned:
            return {"ref": holding.owner, **share}
        holder = self.picture.holders[holding.owner]
        found: dict[str, Any] = {"id": holder.key, self.names["name"]: holder.name, **share}
        if holder.country:
            found[self.names["country"]] = holder.country
        found.update(self.facts_of(holder))
        if self.picture.owners(holder.key):
            found[relation_name()] = self.of(holder.key, depth + 1)
        return found

    def rest(self, key: str, share: Share) -> dict[str, Any]:
        rest = _names()["rest"]
        return {
            "id": f"{REST}{key}",
            self.names["name"]: rest["name"][self.language],
            self.names["share"]: _plain(share),
            **rest["facts"],
            relation_name(): {"complete": False, "rows": []},
        }


def _plain(share: Share) -> Any:
    """A share as the law's facts take it: a number, or an interval."""
    ends = _names()["interval"]
    return share.low if share.is_exact else {ends["low"]: share.low, ends["high"]: share.high}
