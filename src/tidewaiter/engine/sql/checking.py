"""What cannot be asked: every fault of a request at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tidewaiter.base.errors import Fault
from tidewaiter.engine.sql.dialects import DIALECTS
from tidewaiter.engine.sql.facts import HIGH, LOW
from tidewaiter.engine.sql.lowering import COMPLETE
from tidewaiter.engine.sql.tables import Period, Source
from tidewaiter.engine.vocabulary import ROOT, Vocabulary, subject_of

__all__ = ["request_faults"]


def request_faults(
    periods: Sequence[Period], terms: Sequence[str], dialect: str, source: Source, date: str | None
) -> Iterator[Fault]:
    """The faults of a request, the tables' names and columns included."""
    if dialect not in DIALECTS:
        yield Fault("dialect", f"'{dialect}' is not printed", f"one of {', '.join(DIALECTS)}")
        return
    if not periods or not all(period.programs for period in periods):
        yield Fault("periods", "there is no program", "give at least one period with a program for each layer")
        return
    yield from _period_faults(periods, date)
    programs = [program for period in periods for program in period.programs.values()]
    for term in dict.fromkeys(terms):
        if any(term not in each.definitions and term not in each.vocabulary.facts for each in programs):
            yield Fault(term, "is neither a fact nor decided", "ask for a term of the program")
        elif subject_of(term) != ROOT:
            yield Fault(term, "is no term of the transaction", "ask for a term that quantifies over it")
    if not terms:
        yield Fault("terms", "nothing is asked", "ask for at least one term")
    yield from _source_faults(programs[0].vocabulary, source, (ROOT,), (), DIALECTS[dialect].longest_name)  # type: ignore[index]


def _period_faults(periods: Sequence[Period], date: str | None) -> Iterator[Fault]:
    if len(periods) > 1 and date is None:
        yield Fault("date", f"there are {len(periods)} periods and no date", "name the column of the date asked about")
    layers = list(periods[0].programs)
    ordered = sorted(periods, key=lambda each: (each.since is not None, each.since))
    for before, after in pairwise(ordered):
        if before.until is None or after.since is None or before.until > after.since:
            yield Fault("periods", f"two hold on {after.since}", "end a period where the next begins")
    if any(list(period.programs) != layers for period in periods):
        yield Fault("periods", "they differ in their layers", "give the same layers for each period")


def _source_faults(
    vocabulary: Vocabulary, source: Source, subjects: tuple[str, ...], path: tuple[str, ...], longest: int
) -> Iterator[Fault]:
    for name in sorted(source.columns or ()):
        where = ": ".join((*path, name))
        if longest and len(name.encode()) > longest:
            yield Fault(where, f"is longer than {longest} bytes", "the dialect cannot hold such a column")
        if not _belongs(vocabulary, name, subjects):
            yield Fault(where, f"is nothing of {'/'.join(subjects)}", "give facts of the table's subject only")
    given: Mapping[str, Source] = source.relations or {}
    for relation, child in given.items():
        declared = vocabulary.relations.get(relation)
        if declared is None or declared.subject not in subjects:
            yield Fault(": ".join((*path, relation)), f"is no relation of {'/'.join(subjects)}", "give a declared one")
        else:
            below = tuple(name for name in (declared.to, declared.link) if name)
            yield from _source_faults(vocabulary, child, below, (*path, relation), longest)


def _belongs(vocabulary: Vocabulary, name: str, subjects: tuple[str, ...]) -> bool:
    """Whether a column may stand in a table of some subjects; what is no term at all is not read."""
    term = name.removesuffix(COMPLETE)
    if term != name:
        return term in vocabulary.relations and vocabulary.relations[term].subject in subjects
    name = name.partition("@")[0]
    term = name.removesuffix(LOW).removesuffix(HIGH)
    kind = vocabulary.type_of(term)
    if kind is None:
        return True
    return subject_of(term) in subjects and (term == name or kind.kind in ("number", "date"))
