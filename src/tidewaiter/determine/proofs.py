"""Proofs as trees that a person can read: each provision with its citation, each number beside its threshold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tidewaiter.base.wording import Language, Wording
from tidewaiter.determine.determination import Citation, ProofNode
from tidewaiter.determine.phrases import Phrases, origin_of, plain_value
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Definition
from tidewaiter.engine.prove import Proof
from tidewaiter.engine.values import Interval, OneOf
from tidewaiter.engine.vocabulary import Fact

__all__ = ["MAX_DEPTH", "Proofs", "decisive_parts", "rests_on"]

_DECISIVE: dict[type, bool] = {n.Or: True, n.Any: True, n.And: False, n.All: False}
_OVER_ROWS = frozenset((n.Any, n.All, n.Count, n.Fold))
MAX_DEPTH = 40
"""Deepest proof that is drawn; deeper steps are left to their own provision."""


def decisive_parts(proof: Proof) -> list[Proof]:
    """The proofs below that decide a value: the true parts of a true `or`, the false ones of a false `and`."""
    value, what, parts = proof
    kind = what.__class__
    if kind is Definition:
        return [parts[0]] if parts[0][1] is not None else []
    if kind is Fact:
        return []
    inner = parts[1:] if kind in _OVER_ROWS else parts
    decisive = _DECISIVE.get(kind)
    if decisive is None:
        return list(inner)
    if value is decisive:
        return [part for part in inner if part[0] is decisive]
    return [part for part in inner if part[0] is None] if value is None else list(inner)


def rests_on(proof: Proof) -> list[Proof]:
    """The definitions and facts that decide a proof, each once."""
    found: list[Proof] = []
    seen = {id(proof)}
    waiting = [proof]
    while waiting:
        step = waiting.pop()
        kind = step[1].__class__
        if kind is Definition:
            found.append(step)
            parts: Sequence[Proof] = step[2][:1]
        elif kind is Fact:
            found.append(step)
            continue
        else:
            parts = decisive_parts(step)
        for part in reversed(parts):
            if part[2] and id(part) not in seen:
                seen.add(id(part))
                waiting.append(part)
    return found


class Proofs:
    """Draws proofs of one law."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self._citations: dict[int, tuple[Definition, Citation]] = {}

    def citation(self, definition: Definition) -> Citation:
        """The provision version behind a definition, as an answer cites it."""
        held = self._citations.get(id(definition))
        if held is None:
            held = self._citations[id(definition)] = (definition, self._cited(definition))
        return held[1]

    @staticmethod
    def _cited(definition: Definition) -> Citation:
        origin = origin_of(definition)
        version, provision = origin.version, origin.provision
        source = version.source if version else None
        return Citation(
            provision.term,
            provision.title,
            version.citation if version else provision.citation,
            source.instruments if source else (),
            version.start if version else None,
            source.confidence if source else (provision.versions[0].source.confidence if provision.versions else "low"),
            source.checked if source else None,
            origin.layer,
            source.says if source else Wording(),
        )

    def draw(self, proof: Proof) -> ProofNode:
        """The tree of a proof, decisive steps only; what was proved once is not proved again."""
        return _Drawing(self).draw(proof, 0)


class _Drawing:
    """One tree being drawn."""

    def __init__(self, proofs: Proofs) -> None:
        self.phrases, self.citation = proofs.phrases, proofs.citation
        self.seen: set[int] = set()

    def draw(self, proof: Proof, depth: int) -> ProofNode:
        value, what, parts = proof
        if isinstance(what, Definition):
            return self._provision(proof, depth)
        if isinstance(what, Fact):
            return self._fact(value, what, parts[0])
        if isinstance(what, (n.Compare, n.Member)):
            return self._test(proof, depth)
        if isinstance(what, (n.And, n.Or)) and len(found := decisive_parts(proof)) == 1:
            return self.draw(found[0], depth)
        below = () if depth > MAX_DEPTH else tuple(self.draw(part, depth + 1) for part in decisive_parts(proof))
        return ProofNode(_KINDS.get(type(what), "value"), self._plain(value, what), self._text(what), children=below)

    def _provision(self, proof: Proof, depth: int) -> ProofNode:
        value, definition, _ = proof
        above = id(proof) in self.seen
        self.seen.add(id(proof))
        inner = [] if above or depth > MAX_DEPTH else [self.draw(part, depth + 1) for part in decisive_parts(proof)]
        if len(inner) == 1 and inner[0].kind in ("all_of", "any_of", "choice") and inner[0].children:
            inner = list(inner[0].children)
        inner = [child for child in inner if child.kind != "value" or child.children]
        return ProofNode(
            "provision",
            plain_value(value, definition.type),
            self.phrases.both(lambda language: self._stated(definition, value, language)),
            citation=self.citation(definition),
            presumption=definition.presumption and value is True,
            reading=origin_of(definition).reading,
            above=above and bool(decisive_parts(proof)),
            children=tuple(inner),
        )

    def _stated(self, what: Definition | Fact, value: Any, language: Language) -> str:
        title = self.phrases.title(what.term).text(language)
        if what.type.kind == "boolean":
            return title
        colon = ": " if language == "en" else "："
        return f"{title}{colon}{self.phrases.value(value, what.type, language)}"

    def _fact(self, value: Any, fact: Fact, status: str) -> ProofNode:
        text = self.phrases.both(lambda language: self._stated(fact, value, language))
        return ProofNode("fact", plain_value(value, fact.type), text, status=status)

    def _test(self, proof: Proof, depth: int) -> ProofNode:
        """A comparison or membership: the value found beside the line; provisions behind it follow as children."""
        value, node, parts = proof
        below = [part for part in parts if isinstance(part[1], (Definition, Fact)) or part[2]]
        children = () if depth > MAX_DEPTH else tuple(self.draw(part, depth + 1) for part in below)
        text = self.phrases.both(lambda language: self._tested(node, parts, language))
        return ProofNode("comparison" if isinstance(node, n.Compare) else "membership", value, text, children=children)

    def _tested(self, node: n.Compare | n.Member, parts: tuple[Proof, ...], language: Language) -> str:
        text = self.phrases.expression(node, language)
        shown = [
            f"{self.phrases.value(part[0], _kind(part), language)}"
            for part in parts
            if not isinstance(part[1], n.Const)
        ]
        return f"{text}  [{' | '.join(shown)}]" if shown else text

    def _text(self, what: Any) -> Wording:
        if isinstance(what, n.And):
            return Wording("all of these", "同时满足")
        if isinstance(what, n.Or):
            return Wording("at least one of these", "至少满足一项")
        if isinstance(what, n.Ite):
            return Wording("the first case that applies", "适用的第一种情形")
        if isinstance(what, n.Established):
            return Wording("shown", "已证明")
        if isinstance(what, n.Not):
            return Wording("not", "非")
        if isinstance(what, (n.Any, n.All, n.Count, n.Fold)):
            return self.phrases.both(lambda language: self.phrases.expression(what, language))
        return self.phrases.both(lambda language: self.phrases.expression(what, language))

    @staticmethod
    def _plain(value: Any, what: Any) -> Any:
        return plain_value(value, n.type_of(what)) if isinstance(value, (float, Interval, OneOf)) else value


def _kind(part: Proof) -> Any:
    what = part[1]
    return what.type if isinstance(what, (Definition, Fact)) else n.type_of(what)


_KINDS: dict[type, str] = {
    n.And: "all_of",
    n.Or: "any_of",
    n.Not: "none_of",
    n.Any: "rows",
    n.All: "rows",
    n.Count: "rows",
    n.Fold: "rows",
    n.Ite: "choice",
}
