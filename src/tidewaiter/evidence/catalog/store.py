"""The catalog: chips and models by name, and their facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import AmbiguousName, Fault, NameNotFound
from tidewaiter.evidence.catalog.building import build_chip, build_model
from tidewaiter.evidence.catalog.handover import Facts, circuit_facts, item_facts, shipped_facts
from tidewaiter.evidence.catalog.items import Chip, Found, Model, Part
from tidewaiter.evidence.catalog.lookup import candidates, quantity, without_assembly
from tidewaiter.evidence.catalog.names import bare, shown, unreadable
from tidewaiter.evidence.catalog.stock import data_folder, load_stock

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Catalog", "default_catalog"]


class Catalog:
    """An immutable catalog read from a folder of files (the shipped one if none is given).

    Raises InputFaults, with every fault's file and line, when the files are not valid.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        self._stock: dict[str, Any] = load_stock(folder if folder is not None else data_folder())
        self._chips: dict[str, Chip] = {}
        self._models: dict[str, Model] = {}

    @property
    def digest(self) -> str:
        """The SHA-256 of the files, for an answer's provenance."""
        return str(self._stock["digest"])

    def chips(self) -> Iterator[Chip]:
        """All items, in the order of the files."""
        return (self.chip(key) for key in self._stock["chips"]["items"])

    def models(self) -> Iterator[Model]:
        """All models, in the order of the files."""
        return (self.model(key) for key in self._stock["models"]["items"])

    def chip(self, key: str) -> Chip:
        """The item of a key. Raises KeyError."""
        if key not in self._chips:
            row = self._stock["chips"]["items"][key]
            self._chips[key] = build_chip(key, row, self._stock["formats"])
        return self._chips[key]

    def model(self, key: str) -> Model:
        """The model of a key. Raises KeyError."""
        if key not in self._models:
            self._models[key] = build_model(key, self._stock["models"]["items"][key])
        return self._models[key]

    def source(self, key: str) -> str:
        """The short citation of a source. Raises KeyError."""
        row = self._stock["sources"][key]
        return f"{row['title']}, {row['url']}" if "url" in row else str(row["title"])

    def find(self, name: str, where: str = "item") -> Chip:
        """The item of a usual name; see `look_up` for what else is known of the match."""
        return self.look_up(name, where).chip

    def look_up(self, name: str, where: str = "item") -> Found:
        """What a usual name stands for, in English or Chinese, with or without its maker.

        `where` stands in messages. Raises NameNotFound with the nearest names, or AmbiguousName with the
        candidates when the variants of a family differ in figures that matter.
        """
        _refuse_unreadable(name, where)
        if found := self._plain(name, where) or self._assembled(name, where) or self._counted(name, where):
            return found
        raise self._not_found("chips", name, where)

    def variants(self, name: str) -> tuple[Chip, ...]:
        """All items that a name may stand for; empty when it is unknown."""
        return tuple(self.chip(key) for key in self._keys("chips", name)) if not unreadable(name) else ()

    def find_model(self, name: str, where: str = "model") -> Model:
        """The model of a usual name. Raises NameNotFound with the nearest names."""
        _refuse_unreadable(name, where)
        if keys := self._keys("models", name):
            return self.model(keys[0])
        raise self._not_found("models", name, where)

    def facts(self, chip: Chip, reading: str = "") -> Facts:
        """The item's form and figures under the names of the law's vocabulary; what is unknown is absent.

        An assembly gives its form and the rows of its circuits. A figure is a number or
        `{"at_least": …, "at_most": …}`. `reading` chooses other widths of number formats where they are
        open (`container` counts TF32 as 32 bits).
        """
        return item_facts(chip, self._stock["facts"], self.chip, reading)

    def shipped(self, chip: Chip, reading: str = "") -> Facts:
        """The facts of a transaction in this item: its form, and a row for each kind of circuit in it."""
        return shipped_facts(chip, self._stock["facts"], self.chip, reading)

    def asked(self, found: Found) -> Facts:
        """What was asked beside the item, as facts: the count, where several were named."""
        fields = self._stock["facts"]["asked"] if found.count > 1 else {}
        return {name: getattr(found, field) for name, field in fields.items()}

    def circuits(self, chip: Chip, reading: str = "") -> list[Facts]:
        """The facts of each kind of circuit in an item, with its count: one row for a plain circuit."""
        return circuit_facts(chip, self._stock["facts"], self.chip, reading)

    def readings(self) -> tuple[str, ...]:
        """The names of other readings of number formats."""
        formats = self._stock["formats"]["formats"].values()
        return tuple(dict.fromkeys(name for row in formats for name in row.get("readings", {})))

    def reading_matters(self, chip: Chip, reading: str) -> bool:
        """Whether a reading changes the largest product of bits and rate of a circuit."""
        usual = max((peak.bits * peak.tops.at_most for peak in chip.peaks), default=0)
        other = max((peak.width(reading) * peak.tops.at_most for peak in chip.peaks), default=0)
        return usual != other

    def _keys(self, kind: str, name: str) -> list[str]:
        shelf = self._stock[kind]
        return candidates(name, shelf["names"], shelf["items"], self._stock["words"])

    def _plain(self, name: str, where: str) -> Found | None:
        keys = self._keys("chips", name)
        return self._chosen(name, keys, where) if keys else None

    def _chosen(self, name: str, keys: list[str], where: str) -> Found:
        chips = [self.chip(key) for key in keys]
        if len(chips) == 1:
            return Found(chips[0])
        row = self._stock["chips"]["families"].get(f"{chips[0].vendor}/{chips[0].family}", {})
        others = tuple(chip.name for chip in chips if chip.key != row.get("representative", keys[0]))
        if "representative" in row and row["representative"] in keys:
            because = row["because"]
            return Found(self.chip(row["representative"]), 1, others, because["en"], because["zh"])
        if len({_weight(chip) for chip in chips}) == 1:
            return Found(chips[0], 1, others)
        remedy = "say one of: " + "; ".join(chip.name for chip in chips)
        raise AmbiguousName([Fault(where, f"'{shown(name)}' stands for {len(chips)} items", remedy)])

    def _counted(self, name: str, where: str) -> Found | None:
        many = quantity(name, self._stock["words"])
        found = self._plain(many[1], where) if many else None
        return replace(found, count=many[0]) if found and many else None

    def _assembled(self, name: str, where: str) -> Found | None:
        inner = without_assembly(name, self._stock["words"])
        found = (self._plain(inner, where) or self._counted(inner, where)) if inner else None
        if found is None or found.chip.contains:
            return found
        count = found.count if quantity(inner, self._stock["words"]) else None
        for chip in self.chips():
            if _holds(chip, found.chip, count):
                return replace(found, chip=chip, count=1)
        if count is None:
            remedy = f"say how many, as in '8x {found.chip.name} server'"
            raise NameNotFound([Fault(where, f"no server '{shown(name)}' is known", remedy)])
        return replace(found, chip=_server_of(found.chip, count), count=1)

    def _not_found(self, kind: str, name: str, where: str) -> NameNotFound:
        # Only a failed search needs the scorer.
        from rapidfuzz import fuzz, process

        exact = self._stock[kind]["names"]["exact"]
        near = process.extract(bare(name), exact.keys(), scorer=fuzz.ratio, limit=12, score_cutoff=45)
        items = self._stock[kind]["items"]
        best = list(dict.fromkeys(items[exact[match[0]]]["name"] for match in near))[:5]
        remedy = "nearest: " + "; ".join(best) if best else "give its figures instead"
        return NameNotFound([Fault(where, f"'{shown(name)}' is not in the catalog", remedy)])


@lru_cache(maxsize=1)
def default_catalog() -> Catalog:
    """The shipped catalog, loaded once."""
    return Catalog()


def _refuse_unreadable(name: object, where: str) -> None:
    if reason := unreadable(name):
        raise NameNotFound([Fault(where, f"the name {reason}", "give a usual name, such as 'H100'")])


def _weight(chip: Chip) -> tuple[object, ...]:
    """What decides a class: items alike in all of this are alike for a question."""
    highs = [(peak.bits * peak.tops.at_least, peak.bits * peak.tops.at_most) for peak in chip.peaks]
    figures = (chip.applicable_die_area, chip.dram_bandwidth, chip.link, chip.host_link)
    bounds = tuple((figure.at_least, figure.at_most) if figure else None for figure in figures)
    inside = tuple((part.item, part.count) for part in chip.contains)
    top = (max((low for low, _ in highs), default=None), max((high for _, high in highs), default=None))
    return (top, chip.peaks_complete, bounds, chip.data_center, chip.headquarters, chip.form, inside)


def _holds(assembly: Chip, chip: Chip, count: int | None) -> bool:
    parts = assembly.contains
    return len(parts) == 1 and parts[0].item == chip.key and count in (None, parts[0].count)


def _server_of(chip: Chip, count: int) -> Chip:
    """A server of so many chips that the catalog does not list; who designed the server is not known."""
    return replace(
        chip,
        key=f"{count}x-{chip.key}",
        name=f"server with {count} x {chip.name}",
        family="",
        variant="",
        form="server",
        aliases=(),
        headquarters=None,
        peaks=(),
        peaks_complete=False,
        contains=(Part(chip.key, count),),
        note="Put together from the question; only its circuits are known.",
    )
