"""Cautions: where an assumption is one that a careful reader would not let pass, and what it hides.

A clear answer for "another exporter" says what it would be for an exporter that a letter binds; a party that is named
but of which only an assumption says that it stands on no list is pointed out (`cautions` of the question's law data).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidewaiter.base.wording import Wording, wording
from tidewaiter.determine.specification import OutcomeWord, Specification
from tidewaiter.engine.prove import Run
from tidewaiter.library.model import Overlay

if TYPE_CHECKING:
    from tidewaiter.determine.deciding import Decider

__all__ = ["cautions"]

_CLEAR = "clear"
_SHOWN = 80
"""Longest name of a party that is repeated, in characters."""


def cautions(
    own: Decider, spec: Specification, run: Run, on: dt.date, profile: str | None, word: OutcomeWord
) -> Iterator[Wording]:
    """The cautions of an answer whose last layer is `run`; none unless it is clear."""
    if word.exit == _CLEAR:
        yield from _named(own, spec, run)
        yield from _addressees(own, spec, run, on, profile, word)


def _named(own: Decider, spec: Specification, run: Run) -> Iterator[Wording]:
    for caution in own.law.questions[spec.name].get("cautions") or ():
        for fact, frame in run.assumed.values():
            name = frame.instance.facts.get(str(caution["given"]))
            if fact.term == caution["assumed"] and isinstance(name, str):
                said = wording(caution["says"])
                yield Wording(f"{name[:_SHOWN]}: {said.en}", f"{name[:_SHOWN]}：{said.zh}")


def _addressees(
    own: Decider, spec: Specification, run: Run, on: dt.date, profile: str | None, word: OutcomeWord
) -> Iterator[Wording]:
    """What the answer would be for exporters bound by a letter, where it is only assumed that none of them exports."""
    term = str(own.law.questions[spec.name].get("addressee_fact") or "")
    if not any(fact.term == term for fact, _ in run.assumed.values()):
        return
    names = own.law.vocabulary.domains[own.law.vocabulary.facts[term].type.domain].codes
    bound: dict[str, list[Wording]] = {}
    for overlay in _bound(own, on):
        case = run.root.instance
        other = Run(own.supposing(run.prover, term), run.program, case, profile, run)
        other.suppose(term, case, overlay.binds)
        value = other.value(spec.outcome)
        bound.setdefault(spec.word(value if isinstance(value, str) else "").code, []).append(names[overlay.binds])
    for code, who in bound.items():
        title = spec.word(code).title
        if code != word.code:
            yield Wording(
                f"If the exporter is {' or '.join(name.en for name in who)}, bound by a letter of its own: {title.en}.",
                f"若出口商为受其自身函件约束的{'、'.join(name.zh for name in who)}：{title.zh}。",
            )


def _bound(own: Decider, on: dt.date) -> Iterator[Overlay]:
    """One overlay in force for each addressee."""
    seen: set[str] = set()
    for overlay in own.law.overlays:
        covers = overlay.start <= on and (overlay.stop is None or on < overlay.stop)
        if overlay.binds and covers and overlay.binds not in seen:
            seen.add(overlay.binds)
            yield overlay
