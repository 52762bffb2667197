"""Frames: the sets of rows on which scalars are computed, and scopes, which lead from a frame's row to instances.

An entity frame has a row for each row of an input table. A pair frame has a row for each row of an outer frame and
each row that a relation leads to from one of its instances. Every frame carries the keys of all instances that its rows
lead to, named `_k0` (the transaction's), `_k1` …; entity frames name theirs by depth, so that a child's keys begin with
its parent's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql.scalars import Scalar
from tidewaiter.engine.sql.tables import Source

__all__ = ["EMPTY", "Frame", "Level", "Scope", "carried"]

_DEEP, _SMALL = 12, 8
_ENDS = ("__low", "__high")
EMPTY = Source("", frozenset(), {})
"""The table of a relation that has none."""


@dataclass(slots=True, eq=False)
class Frame:
    """Rows. `keys`: its key columns, the last ones its own; `identity`: those that tell its rows apart.

    An entity frame has a `source` and, unless it is the root, a `parent`. A pair frame has an `outer` frame, and
    joins `inner` on the key that `through` names in the outer one. `used`: the input columns asked for so far.
    """

    name: str
    keys: tuple[str, ...]
    identity: tuple[str, ...]
    source: Source | None = None
    path: tuple[str, ...] = ()
    parent: Frame | None = None
    outer: Frame | None = None
    inner: Frame | None = None
    through: str = ""
    used: dict[str, None] = field(default_factory=dict)
    children: dict[str, Frame | None] = field(default_factory=dict)
    pairs: dict[tuple[str, Frame], Frame] = field(default_factory=dict)
    keyed: bool = False

    @property
    def own(self) -> str:
        """The key of its own rows."""
        return self.keys[-1]

    @property
    def base(self) -> Frame:
        """The frame whose keys it continues."""
        found = self.parent or self.outer
        assert found is not None
        return found

    def below(self) -> Iterator[Frame]:
        """This entity frame and those of the relations that hang on it."""
        yield self
        for child in self.children.values():
            if child is not None:
                yield from child.below()

    def column(self, name: str) -> Scalar | None:
        """An input column; None where the table does not have it."""
        assert self.source is not None
        held = self.source.columns
        if (self.source.intervals or not name.endswith(_ENDS)) if held is None else name in held:
            self.used[name] = None
            return s.column(self, name)
        return None

    def child(self, relation: str) -> Frame | None:
        """The entity frame of a relation's rows; None where the relation has no table."""
        if relation not in self.children:
            self.children[relation] = self._child(relation)
        return self.children[relation]

    def _child(self, relation: str) -> Frame | None:
        assert self.source is not None
        short = relation.rpartition(".")[2]
        name = f"{self.name}__{short}" if self.parent else short
        given: Mapping[str, Source] | None = self.source.relations
        source = Source(name, intervals=self.source.intervals) if given is None else given.get(relation)
        if source is None or len(self.keys) > _DEEP:
            return None
        keys = (*self.keys, f"_k{len(self.keys)}")
        self.keyed = True
        return Frame(name, keys, keys[-1:], source, (*self.path, relation), self)

    def pair(self, key: str, inner: Frame) -> Frame:
        """The frame of a relation's rows, for each row of this frame and the instance behind its key."""
        if (key, inner) not in self.pairs:
            own = f"_k{len(self.keys)}"
            name = f"{self.name}_x{len(self.pairs)}_{inner.name}"
            found = Frame(name, (*self.keys, own), (*self.identity, own), None, (), None, self, inner, key)
            inner.keyed = self.keyed = True
            self.pairs[key, inner] = found
        return self.pairs[key, inner]


@dataclass(frozen=True, slots=True)
class Level:
    """A subject of a scope: the entity frame of its instance and the key that leads there; None: nobody stated it."""

    entity: Frame | None
    key: str = ""


Scope = tuple[Level, ...]


def carried(scalar: Scalar, frame: Frame, level: Level) -> Scalar:
    """A scalar of the level's entity, on the rows of a frame; a small one is built again from the input columns."""
    if scalar.frame is None or (level.entity is frame and level.key == frame.own):
        return scalar
    if _left(scalar, _SMALL) > 0:
        return _rebuilt(scalar, frame, level.key)
    return s.imported(frame, level.key, scalar)


def _left(scalar: Scalar, budget: int) -> int:
    """What remains of a budget after a scalar of input columns and constants; at most 0 where it is no such thing."""
    if scalar.op in (s.IMPORT, s.AGGREGATE):
        return 0
    budget -= 1
    for arg in scalar.args:
        budget = _left(arg, budget) if budget > 0 else 0
    return budget


def _rebuilt(scalar: Scalar, frame: Frame, key: str) -> Scalar:
    if scalar.op == s.COLUMN:
        return s.imported(frame, key, scalar)
    if scalar.frame is None:
        return scalar
    return s.op(scalar.op, *(_rebuilt(arg, frame, key) for arg in scalar.args), detail=scalar.detail)
