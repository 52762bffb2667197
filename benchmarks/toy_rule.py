"""Nanoseconds a row of the toy rule: the batch back end beside three-valued NumPy by hand and OpenFisca-Core.

    python benchmarks/toy_rule.py [--rows 1e6 1e7] [--repeat 5] [--json]

All on one core, 30 % of every column missing, two outputs. OpenFisca-Core is measured where it is installed
(`benchmarks/requirements.txt`); it knows no missing values, so it answers less for its time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import polars as pl

from tidewaiter.base.wording import NO_WORDING
from tidewaiter.engine.columns import evaluate
from tidewaiter.engine.parser import parse_expression
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.syntax import Place
from tidewaiter.engine.types import BOOLEAN, code, numeric
from tidewaiter.engine.vocabulary import ROOT, Domain, Fact, Vocabulary

__all__ = ["Measure", "main", "measures"]

MISSING = 0.3
COUNTRIES = tuple(f"{first}{second}" for first in "ABCDEFGHIJ" for second in "ABCDEFGHIJKLMNOPQRSTUVWXY")[:249]
DESTINATIONS = frozenset(COUNTRIES[3:228:5])
HEADQUARTERS = frozenset(COUNTRIES[1:231:10])
RULES = {
    "upper": "tpp >= 4800 or (tpp >= 1600 and density >= 5.92)",
    "lower": "(2400 <= tpp < 4800 and 1.6 <= density < 5.92) or (tpp >= 1600 and 3.2 <= density < 5.92)",
    "excluded": "not data_center and tpp < 4800",
    "listed": "(upper or lower) and not excluded",
    "license": "listed and (destination in destinations or headquarters in seats)",
}
OUTPUTS = ("listed", "license")
TARGET = 10.0

Columns = dict[str, "np.ndarray[Any, Any]"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One contender at one size: nanoseconds a row, and bytes a row of extra memory at its peak."""

    name: str
    rows: int
    ns: float
    extra: float


# the rule and its data ----------------------------------------------------------------------------


def toy_program() -> Program:
    """The toy rule as a program of the engine."""
    facts = [
        Fact("tpp", ROOT, numeric(), "", 0, 1e7),
        Fact("density", ROOT, numeric(), "", 0, 1e6),
        Fact("data_center", ROOT, BOOLEAN),
        Fact("destination", ROOT, code("country")),
        Fact("headquarters", ROOT, code("country")),
    ]
    vocabulary = Vocabulary(
        subjects={ROOT: NO_WORDING},
        facts={fact.term: fact for fact in facts},
        relations={},
        domains={"country": Domain("country", dict.fromkeys(COUNTRIES, NO_WORDING))},
        decided=dict.fromkeys(RULES, BOOLEAN),
        groups=dict.fromkeys(("destinations", "seats"), "country"),
        tables={},
        units={},
        unit_symbols={},
        unit_names={},
    )
    place = Place("toy_rule")
    definitions = {
        term: Definition(term, ROOT, BOOLEAN, parse_expression(text, vocabulary, ROOT, place))
        for term, text in RULES.items()
    }
    groups = {"destinations": DESTINATIONS, "seats": HEADQUARTERS}
    return Program(vocabulary, definitions, groups, {}, dt.date(2025, 1, 1))


def toy_data(rows: int) -> tuple[Columns, Columns]:
    """Columns of values, and where each is missing."""
    rng = np.random.default_rng(20250101)
    values = {
        "tpp": rng.uniform(0, 8000, rows),
        "density": rng.uniform(0, 8, rows),
        "data_center": rng.random(rows) < 0.5,
        "destination": rng.integers(0, len(COUNTRIES), rows, dtype=np.uint8),
        "headquarters": rng.integers(0, len(COUNTRIES), rows, dtype=np.uint8),
    }
    return values, {name: rng.random(rows) < MISSING for name in values}


def toy_table(values: Columns, missing: Columns) -> pl.DataFrame:
    """The data as the batch back end takes it: nulls, and codes of a closed list."""
    countries = pl.Series(COUNTRIES).cast(pl.Enum(COUNTRIES))
    series = {
        name: countries.gather(pl.Series(column)) if column.dtype == np.uint8 else pl.Series(column)
        for name, column in values.items()
    }
    return pl.DataFrame({name: _nulled(column, missing[name]) for name, column in series.items()}).rechunk()


def _nulled(series: pl.Series, missing: np.ndarray[Any, Any]) -> pl.Series:
    data = pl.DataFrame({"value": series, "held": ~missing})
    return data.select(pl.when("held").then("value").alias("value"))["value"]


# contenders ---------------------------------------------------------------------------------------


def columns_contender(values: Columns, missing: Columns) -> Callable[[], object]:
    """The batch back end, from table to table."""
    program, table = toy_program(), toy_table(values, missing)
    return lambda: evaluate(program, table, terms=OUTPUTS)


def numpy_contender(values: Columns, missing: Columns) -> Callable[[], object]:
    """Three values by hand: a pair of arrays (true, false) for each truth; NaN and an extra code are missing."""
    held = {name: column.copy() for name, column in values.items()}
    for name, column in held.items():
        if name != "data_center":
            column[missing[name]] = len(COUNTRIES) if column.dtype == np.uint8 else np.nan
    known = ~missing["data_center"]
    center = held["data_center"] & known, ~held["data_center"] & known
    tables = [_lookup(DESTINATIONS), _lookup(HEADQUARTERS)]
    return lambda: _by_hand(held, center, *tables)


Pair = tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]"]


def _lookup(codes: frozenset[str]) -> Pair:
    inside = np.array([name in codes for name in COUNTRIES] + [False])
    outside = ~inside
    outside[-1] = False
    return inside, outside


def _both(a: Pair, b: Pair) -> Pair:
    return a[0] & b[0], a[1] | b[1]


def _either(a: Pair, b: Pair) -> Pair:
    return a[0] | b[0], a[1] & b[1]


def _by_hand(held: Columns, center: Pair, destinations: Pair, seats: Pair) -> tuple[Pair, Pair]:
    tpp, density = held["tpp"], held["density"]

    def tpp_from(limit: float) -> Pair:
        return tpp >= limit, tpp < limit

    def density_from(limit: float) -> Pair:
        return density >= limit, density < limit

    t4800, t1600, t2400, d592 = tpp_from(4800), tpp_from(1600), tpp_from(2400), density_from(5.92)
    upper = _either(t4800, _both(t1600, d592))
    below, sparse = (t4800[1], t4800[0]), (d592[1], d592[0])
    middle = _both(_both(t2400, below), _both(density_from(1.6), sparse))
    lower = _either(middle, _both(t1600, _both(density_from(3.2), sparse)))
    excluded = _both((center[1], center[0]), below)
    listed = _both(_either(upper, lower), (excluded[1], excluded[0]))
    places = [
        (table[0][held[name]], table[1][held[name]])
        for name, table in (("destination", destinations), ("headquarters", seats))
    ]
    return listed, _both(listed, _either(places[0], places[1]))


def openfisca_contender(values: Columns, missing: Columns) -> Callable[[], object] | None:
    """OpenFisca-Core with zeros for what is missing; None where it is not installed."""
    try:
        core = {name: import_module(f"openfisca_core.{name}") for name in _OPENFISCA}
    except ImportError:
        return None
    chip = core["entities"].build_entity(key="chip", plural="chips", label="Chip", is_person=True)
    system = core["taxbenefitsystems"].TaxBenefitSystem([chip])
    kinds = {"tpp": float, "density": float, "data_center": bool, "destination": int, "headquarters": int}
    shared = {"entity": chip, "definition_period": core["periods"].DateUnit.YEAR}
    for name, kind in {**kinds, **dict.fromkeys(RULES, bool)}.items():
        formula = {"formula": _FORMULAS[name]} if name in _FORMULAS else {}
        system.add_variable(type(name, (core["variables"].Variable,), {"value_type": kind, **shared, **formula}))
    inputs = {name: np.where(missing[name], 0, column).astype(column.dtype) for name, column in values.items()}

    def run() -> object:
        rows = len(values["tpp"])
        simulation = core["simulations"].SimulationBuilder().build_default_simulation(system, rows)
        for name, column in inputs.items():
            simulation.set_input(name, "2025", column)
        return [simulation.calculate(term, "2025") for term in OUTPUTS]

    return run


_OPENFISCA = ("entities", "periods", "simulations", "taxbenefitsystems", "variables")


def _formulas() -> dict[str, Callable[[Any, Any], Any]]:
    places = _lookup(DESTINATIONS)[0], _lookup(HEADQUARTERS)[0]

    def upper(chip: Any, period: Any) -> Any:
        tpp, density = chip("tpp", period), chip("density", period)
        return (tpp >= 4800) + (tpp >= 1600) * (density >= 5.92)

    def lower(chip: Any, period: Any) -> Any:
        tpp, density = chip("tpp", period), chip("density", period)
        middle = (tpp >= 2400) * (tpp < 4800) * (density >= 1.6) * (density < 5.92)
        return middle + (tpp >= 1600) * (density >= 3.2) * (density < 5.92)

    def excluded(chip: Any, period: Any) -> Any:
        return ~chip("data_center", period) * (chip("tpp", period) < 4800)

    def listed(chip: Any, period: Any) -> Any:
        return (chip("upper", period) + chip("lower", period)) * ~chip("excluded", period)

    def license(chip: Any, period: Any) -> Any:
        here = places[0][chip("destination", period)] + places[1][chip("headquarters", period)]
        return chip("listed", period) * here

    return {"upper": upper, "lower": lower, "excluded": excluded, "listed": listed, "license": license}


_FORMULAS = _formulas()
CONTENDERS: dict[str, Callable[[Columns, Columns], Callable[[], object] | None]] = {
    "columns": columns_contender,
    "numpy by hand": numpy_contender,
    "OpenFisca-Core": openfisca_contender,
}


# measuring ----------------------------------------------------------------------------------------


def measures(rows: int, repeat: int) -> list[Measure]:
    """Every contender that is installed, at one size."""
    values, missing = toy_data(rows)
    _check(values, missing)
    found = []
    for name, contender in CONTENDERS.items():
        run = contender(values, missing)
        if run is None:
            print(f"{name} is not installed (pip install -r benchmarks/requirements.txt): skipped", file=sys.stderr)
            continue
        seconds = min(_timed(run) for _ in range(repeat))
        found.append(Measure(name, rows, seconds / rows * 1e9, _peak(run) / rows))
    return found


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _check(values: Columns, missing: Columns) -> None:
    """Both three-valued contenders give the same answers, or the comparison means nothing."""
    some = {name: column[:50_000] for name, column in values.items()}
    lost = {name: column[:50_000] for name, column in missing.items()}
    table: Any = columns_contender(some, lost)()
    pairs: Any = numpy_contender(some, lost)()
    for term, (holds, fails) in zip(OUTPUTS, pairs, strict=True):
        column = table[term]
        same = (column.fill_null(False).to_numpy() == holds).all() and (
            (~column).fill_null(False).to_numpy() == fails
        ).all()
        if not same:
            raise SystemExit(f"the contenders differ on '{term}'")


def _peak(run: Callable[[], object]) -> float:
    """Bytes that one run takes at its peak beyond what was held before; 0 where the system does not tell."""
    if not os.path.exists("/proc/self/statm"):
        return 0.0
    before, highest, done = _resident(), 0, threading.Event()

    def watch() -> None:
        nonlocal highest
        while not done.wait(0.0005):
            highest = max(highest, _resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    kept = run()
    highest = max(highest, _resident())
    done.set()
    watcher.join()
    del kept
    return float(max(highest - before, 0))


def _resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


# printing -----------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; exit code 1 where the batch back end misses its target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=float, nargs="+", default=[1e6, 1e7])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found = [measure for rows in options.rows for measure in measures(int(rows), options.repeat)]
    held = all(measure.ns <= TARGET for measure in found if measure.name == "columns")
    if options.json:
        rows = [{"name": m.name, "rows": m.rows, "ns_per_row": m.ns, "extra_bytes_per_row": m.extra} for m in found]
        print(json.dumps({"benchmark": "toy_rule", "target_ns_per_row": TARGET, "held": held, "measures": rows}))
    else:
        _print(found, held)
    return 0 if held else 1


def _print(found: Sequence[Measure], held: bool) -> None:
    ours = {measure.rows: measure.ns for measure in found if measure.name == "columns"}
    print(f"{'toy rule, 30 % missing, one core':<34}{'rows':>12}{'ns/row':>10}{'ratio':>8}{'extra B/row':>13}")
    for m in found:
        print(f"{m.name:<34}{m.rows:>12,}{m.ns:>10.2f}{m.ns / ours[m.rows]:>8.2f}{m.extra:>13.1f}")
    print(f"target {TARGET:g} ns/row: {'held' if held else 'missed'}")


if __name__ == "__main__":
    sys.exit(main())
