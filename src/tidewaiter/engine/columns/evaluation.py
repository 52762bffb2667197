"""Evaluate terms of a program on tables of facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import polars as pl

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.engine.columns import codes
from tidewaiter.engine.columns.dates import EPOCH
from tidewaiter.engine.columns.frames import INDEX, Entity, Frame
from tidewaiter.engine.columns.lowering import Lowering
from tidewaiter.engine.columns.numbers import Number
from tidewaiter.engine.columns.planning import calculated, layers
from tidewaiter.engine.columns.tables import HIGH, LOW, ROW, Related, entities
from tidewaiter.engine.columns.truths import Truth
from tidewaiter.engine.columns.values import Value
from tidewaiter.engine.program import Program
from tidewaiter.engine.types import Type
from tidewaiter.engine.vocabulary import ROOT, subject_of

__all__ = ["ASSUMED", "evaluate"]

ASSUMED = "__assumed"
_NO_RELATIONS: Mapping[str, Related] = MappingProxyType({})


def evaluate(
    program: Program,
    table: pl.DataFrame,
    *,
    terms: Sequence[str],
    relations: Mapping[str, Related] = _NO_RELATIONS,
    profile: str | None = None,
    assumptions: bool = False,
) -> pl.DataFrame:
    """The values of `terms` (facts or decided terms of the transaction) for each row of `table`, in its order.

    A truth is a Boolean column, null where unknown. A number or date is three columns: the term (null where it is
    not certain), `<term>__low` and `<term>__high` (a number's open end is infinite, a date's is null). A code is an
    Enum column (text: String), null where it is unknown or only known to be one of several. `_row` is handed through.
    With `assumptions`, `<fact>__assumed` and `<relation>__assumed` say where the profile's assumption stands in for
    what the transaction, or a row that hangs on it, does not state.

    Raises InputFaults with every fault of the tables, and for terms that are not the transaction's.
    """
    _check_terms(program, terms)
    root = entities(program.vocabulary, table, relations)
    plan, precomputed = layers(program, root, terms)
    _check_precomputed(precomputed)
    lowering = Lowering(program, root, profile, calculated(program, program.closure(tuple(terms))))
    for layer in plan:
        lowering.decide(layer)
    return _result(program, lowering, terms, assumptions)


def _check_terms(program: Program, terms: Sequence[str]) -> None:
    faults = []
    for term in terms:
        if term not in program.definitions and term not in program.vocabulary.facts:
            faults.append(Fault(term, "is neither a fact nor decided", "ask for a term of the program"))
        elif subject_of(term) != ROOT:
            faults.append(Fault(term, "is no term of the transaction", "ask for a term that quantifies over it"))
    if faults:
        raise InputFaults(faults)


def _check_precomputed(needed: Iterable[tuple[Entity, str]]) -> None:
    faults = [
        Fault(f"{entity.where}: {term}" if entity.where else term, "is recursive and has no column", _PRECOMPUTE)
        for entity, term in needed
        if entity.height and term not in entity.table.columns
    ]
    if faults:
        raise InputFaults(faults)


_PRECOMPUTE = "compute it for each distinct entity with recursive_column and add it to the table"


# results ------------------------------------------------------------------------------------------


def _result(program: Program, lowering: Lowering, terms: Sequence[str], assumptions: bool) -> pl.DataFrame:
    root, frame = lowering.root, lowering.frame(lowering.root)
    columns = [root.table[ROW]] if ROW in root.table.columns else []
    for term in dict.fromkeys(terms):
        value = lowering.term(root, term)
        columns += _columns(program, term, value, frame)
    if assumptions:
        columns += _assumed(root)
    return pl.DataFrame(columns)


def _columns(program: Program, term: str, value: Value, frame: Frame) -> Iterator[pl.Series]:
    definition = program.definitions.get(term)
    kind = definition.type if definition else program.vocabulary.facts[term].type
    if isinstance(value, Truth):
        yield frame.run([value.column])[0].alias(term)
    elif isinstance(value, Number):
        names = (term, term + LOW, term + HIGH)
        for series, name in zip(frame.run([value.value, value.low, value.high]), names, strict=True):
            yield (_date(series) if kind.kind == "date" else series).alias(name)
    else:
        yield _decoded(program, kind, value, frame).alias(term)


def _date(days: pl.Series) -> pl.Series:
    whole = days.to_frame("d").select(pl.when(pl.col("d").is_finite()).then("d").floor())["d"]
    return (whole.cast(pl.Int64, strict=False) - EPOCH).cast(pl.Int32, strict=False).cast(pl.Date)


def _decoded(program: Program, kind: Type, value: codes.Code, frame: Frame) -> pl.Series:
    domain = program.vocabulary.domains.get(kind.domain)
    every = codes.dictionary(value, domain.codes if domain else ())
    positions = frame.run([codes.text(value, every)])[0]
    if kind.kind != "text":
        every = every.cast(pl.Enum(every))
    return every.gather(positions.cast(INDEX))


def _assumed(root: Entity) -> Iterator[pl.Series]:
    """For each transaction, which assumptions stand in for facts of its own or of rows that hang on it."""
    found: dict[str, pl.Series] = {}
    waiting = [root]
    while waiting:
        entity = waiting.pop()
        waiting += entity.children.values()
        for term, used in entity.assumed.items():
            on_root = used if entity.root_rows is None else _any(entity.root_rows, used, root.height)
            found[term] = found[term] | on_root if term in found else on_root
    return (found[term].alias(term + ASSUMED) for term in sorted(found))


def _any(rows: pl.Series, used: pl.Series, height: int) -> pl.Series:
    return pl.int_range(height, dtype=INDEX, eager=True).is_in(rows.filter(used).unique().implode())
