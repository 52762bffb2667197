"""A plan as a statement: one subquery a layer, in an order in which each rests on the ones before.

Every layer hands through the keys and the columns that are still needed. What is used more than once is materialized;
what is used once stands where it is used, kept from being merged into the next layer where the dialect would write its
columns out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from sqlglot import exp

from tidewaiter.engine.sql.dialects import DIALECTS
from tidewaiter.engine.sql.frames import Frame
from tidewaiter.engine.sql.lowering import DAY
from tidewaiter.engine.sql.planning import JOINS, Layer, Plan
from tidewaiter.engine.sql.printing import cast_as, named, printed, templated
from tidewaiter.engine.sql.scalars import AGGREGATE, COLUMN, IMPORT, Scalar
from tidewaiter.engine.sql.tables import Dialect

__all__ = ["Cte", "Writer", "base_column", "with_all"]

_LABEL = 32
_BASE = -1
"""The round before the first: keys and input columns."""


@dataclass(slots=True)
class Cte:
    """A common table expression, and where it is used; `apart`: an aggregate reads it."""

    name: str
    select: exp.Select
    uses: list[exp.Table] = field(default_factory=list)
    apart: bool = False


def base_column(name: str, kind: str, dialect: Dialect) -> exp.Expr:
    """An input column as scalars take it: numbers are doubles, dates are day numbers."""
    column = named(name, "t")
    if kind == "date":
        return cast_as(templated(DIALECTS[dialect].day, column, dialect), "number", dialect)
    return cast_as(column, "number", dialect) if kind == "number" else column


class Writer:
    """Writes the layers of one plan. `kinds`: the kind of an input column; `where`: what the root's rows are."""

    def __init__(
        self,
        plan: Plan,
        root: Frame,
        dialect: Dialect,
        prefix: str,
        kinds: Callable[[str], str],
        hints: Mapping[Scalar, str],
        date: str | None,
        where: exp.Expr | None,
        outputs: Iterable[Scalar],
    ) -> None:
        self.plan, self.root, self.dialect, self.prefix = plan, root, dialect, prefix
        self.kinds, self.date, self.where = kinds, date, where
        self.ctes: dict[str, Cte] = {}
        self.read: dict[Frame, None] = {}
        self.labels: dict[Frame, str] = {}
        self.names = _names(plan, hints, DIALECTS[dialect].longest_name)
        self.needs = _needs(plan, root, outputs)

    def final(self, outputs: Iterable[tuple[str, Scalar, str]]) -> exp.Select:
        """The last SELECT: the key and the outputs, each under its name and as the type of its kind."""
        found = exp.select(exp.alias_(named(self.root.own), "_row", quoted=True))
        for name, scalar, kind in outputs:
            value = self._used(scalar)
            if kind == "date":
                value = templated(DIALECTS[self.dialect].date_of(), value, self.dialect)
            found = found.select(exp.alias_(value, name, quoted=True), copy=False)
        return found.from_(self._table(self._state(self.root, None)), copy=False)

    def inputs(self) -> Iterator[tuple[Frame, list[str]]]:
        """The entity frames that are read, with the input columns of each."""
        for frame in self.read:
            yield frame, self._base_columns(frame)

    # states of frames -----------------------------------------------------------------------------

    def _state(self, frame: Frame, upto: int | None) -> str:
        """The name of a frame's state after a round (None: the last), written first where it has not been."""
        number = _latest(self.plan, frame, upto)
        name = self.prefix + self._label(frame) + ("" if number == _BASE else f"_{number}")
        if name not in self.ctes:
            if number == _BASE:
                self.ctes[name] = Cte(name, self._base(frame))
            else:
                self._round(frame, number, name)
        return name

    def _label(self, frame: Frame) -> str:
        """A frame's name, short enough for any dialect."""
        if frame not in self.labels:
            long = len(frame.name) > _LABEL
            self.labels[frame] = f"{frame.name[:_LABEL]}_f{len(self.labels)}" if long else frame.name
        return self.labels[frame]

    def _table(self, name: str, alias: str = "", apart: bool = False) -> exp.Expr:
        held = exp.TableAlias(this=exp.to_identifier(alias)) if alias else None
        table = exp.Table(this=exp.to_identifier(name, quoted=True), alias=held)
        self.ctes[name].uses.append(table)
        self.ctes[name].apart |= apart
        return table

    def _input(self, name: str) -> exp.Expr:
        return exp.alias_(exp.to_table(name, dialect=self.dialect), "t", table=True)

    def _base(self, frame: Frame) -> exp.Select:
        if frame.inner is not None:
            return self._pairs(frame)
        assert frame.source is not None
        self.read[frame] = None
        above = frame.parent
        keys = [] if above is None else [named(key, "p") for key in above.keys]
        found = exp.select(*keys)
        if above is None or frame.keyed:
            found = found.select(exp.alias_(named("_row", "t"), frame.own, quoted=True), copy=False)
        for name in self._base_columns(frame):
            column, kind = (self.date, "date") if name == DAY and self.date else (name, self.kinds(name))
            found = found.select(exp.alias_(base_column(column, kind, self.dialect), name, quoted=True), copy=False)
        found = found.from_(self._input(frame.source.name), copy=False)
        if above is None:
            return found.where(self.where, copy=False) if self.where is not None else found
        on = exp.EQ(this=named("_parent", "t"), expression=named(above.own, "p"))
        return found.join(self._table(self._state(above, _BASE), "p"), on=on, copy=False)

    def _base_columns(self, frame: Frame) -> list[str]:
        needed = self.needs.get((frame, _BASE, JOINS), {})
        return sorted(str(scalar.detail) for scalar in needed if scalar.op == COLUMN)

    def _pairs(self, frame: Frame) -> exp.Select:
        assert frame.outer is not None
        assert frame.inner is not None
        found = exp.select(*(named(key, "p") for key in frame.outer.keys))
        found = found.select(exp.alias_(named(frame.inner.own, "t"), frame.own, quoted=True), copy=False)
        found = found.from_(self._table(self._state(frame.outer, _BASE), "p"), copy=False)
        on = exp.EQ(this=named(frame.inner.keys[-2], "t"), expression=named(frame.through, "p"))
        return found.join(self._table(self._state(frame.inner, _BASE), "t"), on=on, copy=False)

    # rounds ---------------------------------------------------------------------------------------

    def _round(self, frame: Frame, number: int, name: str) -> None:
        before = self._state(frame, number - 1)
        layers = sorted(rank for rank in self.plan.layers[frame] if rank[0] == number)
        for rank in layers:
            layer = self.plan.layers[frame][rank]
            select = self._joined(layer, before) if rank[1] == JOINS else self._computed(layer, before)
            own = name if rank == layers[-1] else f"{name}_{rank[1] + 1}"
            self.ctes[own] = Cte(own, select)
            before = own

    def _kept(self, layer: Layer, table: str = "") -> list[exp.Expr]:
        """The keys, and the columns of earlier layers that are still needed."""
        frame, new = layer.frame, set(layer.columns)
        needed = self.needs[frame, layer.round, layer.depth]
        keys = frame.keys if frame.outer is not None or frame.parent is None or frame.keyed else frame.keys[:-1]
        kept = [self.names[scalar] for scalar in needed if scalar not in new]
        return [named(name, table) for name in (*keys, *sorted(kept))]

    def _computed(self, layer: Layer, before: str) -> exp.Select:
        found = exp.select(*self._kept(layer))
        for scalar in layer.columns:
            value = exp.alias_(self._spelled(scalar), self.names[scalar], quoted=True)
            found = found.select(value, copy=False)
        return self._fenced(found.from_(self._table(before), copy=False))

    def _fenced(self, select: exp.Select) -> exp.Select:
        return select.offset(0, copy=False) if DIALECTS[self.dialect].fence else select

    def _joined(self, layer: Layer, before: str) -> exp.Select:
        """The columns of other frames, and the aggregates of inner ones, beside what is kept."""
        found = exp.select(*self._kept(layer, "p")).from_(self._table(before, "p"), copy=False)
        for i, ((key, target), held) in enumerate(_imports(layer).items()):
            for scalar in held:
                value = named(self.names[scalar.args[0]], f"g{i}")
                found = found.select(exp.alias_(value, self.names[scalar], quoted=True), copy=False)
            state = self._state(target, _import_round(held, layer.round))
            on = exp.EQ(this=named(target.own, f"g{i}"), expression=named(key, "p"))
            found = found.join(self._table(state, f"g{i}"), on=on, copy=False)
        for i, ((inner, per), held) in enumerate(_aggregates(layer).items()):
            for scalar in held:
                found = found.select(named(self.names[scalar], f"a{i}"), copy=False)
            rows = self._grouped(layer.frame, inner, per, held, layer.round)
            same = [exp.EQ(this=named(k, f"a{i}"), expression=named(k, "p")) for k in layer.frame.identity]
            on_all = exp.and_(*same, copy=False)
            found = found.join(rows.subquery(f"a{i}", copy=False), on=on_all, join_type="left", copy=False)
        return self._fenced(found)

    def _grouped(
        self, outer: Frame, inner: Frame, per: tuple[Scalar, Scalar] | None, held: list[Scalar], number: int
    ) -> exp.Select:
        """The aggregates of an inner frame, one row for each row of the outer one that has any."""
        keys = [named(key) for key in outer.identity]
        table = self._table(self._state(inner, number - 1), apart=True)
        parts: dict[Scalar, str] = {}
        if per is not None:
            parts = {part: f"_g{i}" for i, part in enumerate(_pers(held))}
            table = self._keyed(keys, per, parts, table)
        found = exp.select(*(key.copy() for key in keys)).from_(table, copy=False)

        def leaf(scalar: Scalar) -> exp.Expr | None:
            return named(parts[scalar]) if scalar in parts else self._column(scalar)

        for scalar in held:
            value = printed(scalar.args[0], leaf, self.dialect)
            found = found.select(exp.alias_(value, self.names[scalar], quoted=True), copy=False)
        return found.group_by(*keys, copy=False)

    def _keyed(
        self, keys: list[exp.Column], per: tuple[Scalar, Scalar], parts: dict[Scalar, str], table: exp.Expr
    ) -> exp.Expr:
        """The aggregates of rows of equal key."""
        key, possible = per
        groups = [k.copy() for k in keys] + ([] if key.constant else [named(self.names[key])])
        found = exp.select(*(k.copy() for k in keys)).from_(table, copy=False)
        for part, name in parts.items():
            value = printed(part.args[0], self._column, self.dialect)
            found = found.select(exp.alias_(value, name, quoted=True), copy=False)
        if not possible.constant:
            found = found.where(named(self.names[possible]), copy=False)
        return found.group_by(*groups, copy=False).subquery("q", copy=False)

    def _spelled(self, scalar: Scalar) -> exp.Expr:
        return printed(scalar, self._column, self.dialect)

    def _used(self, scalar: Scalar) -> exp.Expr:
        return self._column(scalar) or self._spelled(scalar)

    def _column(self, scalar: Scalar) -> exp.Expr | None:
        return named(self.names[scalar]) if scalar in self.plan.columns else None


def with_all(ctes: Iterable[Cte], select: exp.Query, dialect: Dialect) -> str:
    """The statement: what is used more than once as common table expressions, then the last SELECT."""
    manner, found = DIALECTS[dialect], []
    for cte in ctes:
        if len(cte.uses) == 1 and manner.nested and not (cte.apart and manner.apart):
            _nest(cte)
            continue
        alias = exp.TableAlias(this=exp.to_identifier(cte.name, quoted=True))
        found.append(exp.CTE(this=cte.select, alias=alias, materialized=manner.hints or None))
    select.set("with_", exp.With(expressions=found))
    return select.sql(dialect=dialect, copy=False)


def _nest(cte: Cte) -> None:
    """Put a layer where it is used."""
    table = cte.uses[0]
    alias = table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(cte.name, quoted=True))
    table.replace(exp.Subquery(this=cte.select, alias=alias))


# what is needed where -----------------------------------------------------------------------------


def _latest(plan: Plan, frame: Frame, upto: int | None) -> int:
    """The last round of a frame, no later than `upto`; _BASE where there is none."""
    return max((r for r in plan.rounds(frame) if upto is None or r <= upto), default=_BASE)


def _imports(layer: Layer) -> dict[tuple[str, Frame], list[Scalar]]:
    """What a layer imports, by the key and the frame that it leads to."""
    found: dict[tuple[str, Frame], list[Scalar]] = {}
    for scalar in layer.columns:
        target = scalar.args[0].frame if scalar.op == IMPORT else None
        if isinstance(target, Frame):
            found.setdefault((str(scalar.detail), target), []).append(scalar)
    return found


def _import_round(held: list[Scalar], number: int) -> int:
    return _BASE if all(scalar.args[0].op == COLUMN for scalar in held) else number


def _aggregates(layer: Layer) -> dict[tuple[Frame, tuple[Scalar, Scalar] | None], list[Scalar]]:
    """What a layer aggregates, by the inner frame and what is grouped besides."""
    found: dict[tuple[Frame, tuple[Scalar, Scalar] | None], list[Scalar]] = {}
    for scalar in layer.columns:
        inner = scalar.args[0].frame if scalar.op == AGGREGATE else None
        if isinstance(inner, Frame):
            per = cast(tuple[Scalar, Scalar] | None, scalar.detail)
            found.setdefault((inner, per), []).append(scalar)
    return found


def _pers(held: list[Scalar]) -> list[Scalar]:
    """The aggregates over rows of equal key that other aggregates rest on."""
    found: dict[Scalar, None] = {}
    waiting = [scalar.args[0] for scalar in held]
    while waiting:
        scalar = waiting.pop()
        if scalar.op == "per":
            found[scalar] = None
        else:
            waiting += scalar.args
    return list(found)


_Need = dict[Scalar, None]


def _needs(plan: Plan, root: Frame, outputs: Iterable[Scalar]) -> dict[tuple[Frame, int, int], _Need]:
    """The columns that each layer has to hand on."""
    exports: dict[tuple[Frame, int], _Need] = {}
    for frame, layers in plan.layers.items():
        for layer in layers.values():
            _export(plan, frame, layer, exports)
    last = exports.setdefault((root, _latest(plan, root, None)), {})
    for scalar in outputs:
        last.update(dict.fromkeys([scalar] if scalar in plan.columns else plan.leaves(scalar)))
    found: dict[tuple[Frame, int, int], _Need] = {}
    for frame in {**dict.fromkeys(frame for frame, _ in exports), **plan.layers}:
        _hand_back(plan, frame, exports, found)
    return found


def _export(plan: Plan, frame: Frame, layer: Layer, exports: dict[tuple[Frame, int], _Need]) -> None:
    for (_, target), held in _imports(layer).items():
        number = _import_round(held, layer.round)
        number = number if number == _BASE else _latest(plan, target, number)
        exports.setdefault((target, number), {}).update(dict.fromkeys(scalar.args[0] for scalar in held))
    for (inner, _), held in _aggregates(layer).items():
        state = exports.setdefault((inner, _latest(plan, inner, layer.round - 1)), {})
        for scalar in held:
            state.update(dict.fromkeys(plan.leaves(scalar)))


def _hand_back(
    plan: Plan, frame: Frame, exports: dict[tuple[Frame, int], _Need], found: dict[tuple[Frame, int, int], _Need]
) -> None:
    """From the last layer of a frame to its base: what is handed on is what is used later and not made there."""
    later: _Need = {}
    layers = plan.layers.get(frame, {})
    ranks = sorted(layers)
    for i, rank in reversed(list(enumerate(ranks))):
        if i + 1 == len(ranks) or ranks[i + 1][0] != rank[0]:
            later = {**later, **exports.get((frame, rank[0]), {})}
        found[frame, *rank] = later
        made = layers[rank].columns
        used = [leaf for scalar in made if rank[1] != JOINS for leaf in plan.leaves(scalar)]
        later = {scalar: None for scalar in (*later, *used) if scalar not in made}
    found[frame, _BASE, JOINS] = {**later, **exports.get((frame, _BASE), {})}


def _names(plan: Plan, hints: Mapping[Scalar, str], longest: int) -> dict[Scalar, str]:
    """A name for each column: the input's, the term's whose value it is, or a number."""
    found: dict[Scalar, str] = {}
    taken: set[tuple[object, str]] = set()
    for scalar in plan.columns:
        name = str(scalar.detail) if scalar.op == COLUMN else hints.get(scalar, "")
        if not name or (scalar.op != COLUMN and ((scalar.frame, name) in taken or len(name) > (longest or len(name)))):
            name = f"_{len(found)}"
        taken.add((scalar.frame, name))
        found[scalar] = name
    return found
