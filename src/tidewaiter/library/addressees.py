"""Whom an overlay binds: the fact that says so is its question's own, found by the code that the overlay names."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.base.errors import Fault
from tidewaiter.engine.syntax import nearest
from tidewaiter.library.model import Law, Overlay

__all__ = ["addressee_facts", "addressee_of", "unbound"]


def addressee_facts(law: Law) -> tuple[str, ...]:
    """The facts by which the questions name an addressee, each once."""
    named = (str(question["addressee_fact"]) for question in law.questions.values() if "addressee_fact" in question)
    return tuple(dict.fromkeys(named))


def addressee_of(law: Law, overlay: Overlay) -> str:
    """The fact that says whether the overlay binds: the first whose codes hold its addressee; empty when none does."""
    return next((fact for fact in addressee_facts(law) if overlay.binds in _codes(law, fact)), "")


def _codes(law: Law, fact: str) -> frozenset[str]:
    held = law.vocabulary.facts.get(fact)
    domain = law.vocabulary.domains.get(held.type.domain) if held else None
    return frozenset(domain.codes) if domain else frozenset()


def unbound(law: Law) -> Iterator[Fault]:
    """Overlays that bind somebody whom no question's fact names, or whom the facts of several questions name."""
    facts = addressee_facts(law)
    for overlay in law.overlays:
        if not overlay.binds:
            continue
        where, who = f"{overlay.name}.yaml", overlay.binds
        holding = [fact for fact in facts if who in _codes(law, fact)]
        if not facts or not any(_codes(law, fact) for fact in facts):
            yield Fault(where, f"binds '{who}', but no question names its addressee_fact")
        elif not holding:
            codes = sorted(set().union(*(_codes(law, fact) for fact in facts)))
            yield Fault(where, f"binds '{who}', which is no code of {', '.join(facts)}", nearest(who, codes))
        elif len(holding) > 1:
            yield Fault(where, f"binds '{who}', a code of {' and of '.join(holding)}", "rename it in one of them")
