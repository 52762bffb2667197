"""Which column states what: by the name of a fact, an option of the question, or a small mapping file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.base.yaml import load_yaml
from tidewaiter.determine.options import option_fact, option_type, parsed_option
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.vocabulary import ROOT, Fact
from tidewaiter.tables.setting import Setting

__all__ = ["EVERY_OTHER", "Column", "Layout", "Wishes", "lay_out", "read_wishes"]

EVERY_OTHER = "*"
"""Among the ignored columns: every column that states nothing."""
_KEYS = ("key", "on", "item", "columns", "ignore", "screen", "constants")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says of a table's columns; names of columns, and `day` or `constants` that hold for every row."""

    key: str = ""
    on: str = ""
    item: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    screen: tuple[str, ...] = ()
    constants: Mapping[str, Any] = field(default_factory=dict)
    day: dt.date | None = None
    constant_item: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that states a fact (`fact`, at `path`) or the rows of a relation (`fact` is None)."""

    name: str
    path: str
    fact: Fact | None

    @property
    def nested(self) -> bool:
        """Whether the column opens or fills rows of a relation."""
        return self.fact is None or "[" in self.path


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table, resolved. Empty names: no such column."""

    columns: tuple[Column, ...]
    key: str
    on: str
    item: str
    screen: tuple[str, ...]
    constants: Mapping[str, Any]
    day: dt.date | None
    constant_item: str

    @property
    def digest(self) -> str:
        """A hash of everything that the layout says."""
        listed = [(column.name, column.path) for column in self.columns]
        said = (listed, self.key, self.on, self.item, self.screen, sorted(self.constants.items(), key=str), self.day)
        return hashlib.sha256(repr((said, self.constant_item)).encode()).hexdigest()


def read_wishes(text: str, name: str, faults: list[Fault]) -> Wishes:
    """The wishes of a mapping file (YAML); what is wrong with it is noted. Raises InputFaults for what is no YAML."""
    data = load_yaml(text, name)
    if not isinstance(data, Mapping):
        faults.append(Fault(name, "is no mapping", "columns: {dest: to, buyer: end-user}"))
        return Wishes()
    for key in data:
        if key not in _KEYS:
            remedy = nearest(str(key), _KEYS) or f"keys: {', '.join(_KEYS)}"
            faults.append(Fault(f"{name}: {key}", f"'{key!s:.60}' is no key of a mapping file", remedy))
    single = {key: str(data.get(key) or "") for key in ("key", "on", "item")}
    pairs = {key: _pairs(data.get(key), f"{name}: {key}", faults) for key in ("columns", "constants")}
    lists = {key: _names(data.get(key), f"{name}: {key}", faults) for key in ("ignore", "screen")}
    columns = {str(column): str(target) for column, target in pairs["columns"].items()}
    return Wishes(
        single["key"], single["on"], single["item"], columns, lists["ignore"], lists["screen"], pairs["constants"]
    )


def _pairs(value: Any, where: str, faults: list[Fault]) -> Mapping[str, Any]:
    if value is None or isinstance(value, Mapping):
        return {str(key): each for key, each in (value or {}).items()}
    faults.append(Fault(where, "is no mapping of names", "{name: name}"))
    return {}


def _names(value: Any, where: str, faults: list[Fault]) -> tuple[str, ...]:
    if value is None or isinstance(value, list):
        return tuple(str(each) for each in value or ())
    faults.append(Fault(where, "is no list of columns", "[name, name]"))
    return ()


# laying out ---------------------------------------------------------------------------------------


def lay_out(names: Sequence[str], wishes: Wishes, spec: Specification, setting: Setting) -> tuple[Layout, list[Fault]]:
    """The layout of a table with these columns (and relations from child files), and every fault of it."""
    desk = _Desk(names, wishes, spec, setting)
    own = {role: desk.special(role, wished) for role, wished in desk.roles().items()}
    columns = tuple(desk.columns(frozenset(own.values())))
    constants = desk.constants(columns)
    desk.check(own, wishes)
    layout = Layout(
        columns, own["key"], own["on"], own["item"], wishes.screen, constants, wishes.day, wishes.constant_item
    )
    return layout, desk.faults


class _Desk:
    """One table being laid out."""

    def __init__(self, names: Sequence[str], wishes: Wishes, spec: Specification, setting: Setting) -> None:
        self.names, self.wishes, self.spec, self.setting = names, wishes, spec, setting
        self.vocabulary = setting.decider.law.vocabulary
        self.faults: list[Fault] = []

    def roles(self) -> dict[str, str]:
        return {"key": self.wishes.key, "on": self.wishes.on, "item": self.wishes.item}

    def special(self, role: str, wished: str) -> str:
        """The column of a role: the one asked for, else the one of that name."""
        if wished and wished not in self.names:
            remedy = nearest(wished, self.names) or f"columns: {', '.join(self.names)[:200]}"
            self.faults.append(Fault(f"column {wished}", "is not in the table", remedy))
            return ""
        return wished if wished else next((n for n in self.names if n.strip().lower() == role), "")

    def columns(self, taken: frozenset[str]) -> Iterator[Column]:
        """The columns that state something; a fault for each that does not and is not to be ignored."""
        for name in self.wishes.columns:
            if name not in self.names:
                self.faults.append(Fault(f"column {name}", "is not in the table", nearest(name, self.names)))
        seen: dict[str, str] = {}
        for name in self.names:
            if name in taken or name in self.wishes.ignore:
                continue
            column = self.column(name, self.wishes.columns.get(name, name.strip()))
            if column is None:
                continue
            if column.path in seen:
                what = f"states the same as column {seen[column.path]}"
                self.faults.append(Fault(f"column {name}", what, "keep one of the two, --ignore the other"))
            seen.setdefault(column.path, name)
            yield column

    def column(self, name: str, target: str) -> Column | None:
        path = self.path(target)
        if path is not None:
            return Column(name, path, option_fact(path, self.vocabulary))
        relation = self.vocabulary.relations.get(target)
        if relation is not None and relation.subject == ROOT:
            return Column(name, target, None)
        if name in self.wishes.columns or (EVERY_OTHER not in self.wishes.ignore and name not in self.wishes.screen):
            self.faults.append(self.unknown(f"column {name}", target))
        return None

    def path(self, target: str) -> str | None:
        plain = target.strip().lower().replace("_", "-").replace(" ", "-")
        return self.spec.options.get(plain) or self.setting.path_of(target, self.spec)

    def unknown(self, where: str, target: str) -> Fault:
        if target in self.vocabulary.decided:
            return Fault(where, f"'{target:.60}' is decided by law, not stated", "state the facts it rests on")
        near = nearest(target.lower().replace("_", "-"), [*self.spec.options, *self.vocabulary.facts])
        return Fault(where, f"'{target:.60}' is no fact or option of this question", near or "--ignore it, or map it")

    def constants(self, columns: Sequence[Column]) -> dict[str, Any]:
        """Facts that hold for every row, by path."""
        found: dict[str, Any] = {}
        held = {column.path: column.name for column in columns}
        for name, value in self.wishes.constants.items():
            path = self.path(name)
            if path is None:
                self.faults.append(self.unknown(f"--{name}", name))
            elif path in held:
                self.faults.append(Fault(f"--{name}", f"is stated by column {held[path]} too", "keep one of the two"))
            else:
                found[path] = (
                    parsed_option(value, option_type(path, self.vocabulary)) if isinstance(value, str) else value
                )
        return found

    def check(self, own: Mapping[str, str], wishes: Wishes) -> None:
        """Faults of what the columns have to say together."""
        if not own["on"] and wishes.day is None and not wishes.on:
            remedy = "name the column of dates (--on COLUMN), or one date for all rows (--on YYYY-MM-DD)"
            self.faults.append(Fault("on", "no column says which date each row is about", remedy))
        if own["on"] and wishes.day is not None:
            self.faults.append(Fault("on", f"column {own['on']} and --on {wishes.day} both give the date", "keep one"))
        for name in wishes.screen:
            if name not in self.names:
                self.faults.append(Fault(f"column {name}", "is not in the table", nearest(name, self.names)))
        if wishes.screen and self.setting.screening is None:
            self.faults.append(Fault("--screen", "no screening is wired here", "leave it out"))
