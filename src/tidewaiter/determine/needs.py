"""What is missing: the shortest way to a restriction, what remains to be shown to clear, and every open fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tidewaiter.base.wording import Wording
from tidewaiter.determine.determination import Need
from tidewaiter.determine.phrases import Phrases
from tidewaiter.engine.nodes import Const
from tidewaiter.engine.prove import Frame, Literal, Proof, missing, route
from tidewaiter.engine.vocabulary import Fact, Relationship

__all__ = ["Needs", "about"]


def about(frame: Frame | None) -> str:
    """Which instance a fact is about, as its path in the question; empty for the transaction itself."""
    if frame is None or frame.scope[-1] is frame:
        return ""
    return frame.instance.label


class Needs:
    """Says in words what a proof waits for."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases

    def toward(self, proof: Proof, codes: frozenset[str]) -> tuple[Need, ...]:
        """The fewest open conditions that would bring a code-valued proof to one of `codes`."""
        found = route(proof, lambda value: _among(value, codes))
        return tuple(self._need(literal) for literal in found or ())

    def all_missing(self, proof: Proof) -> tuple[Mapping[str, Any], ...]:
        """Every fact and list that the proof waits for."""
        return tuple(self._asked(item, frame) for item, frame in missing(proof))

    def _need(self, literal: Literal) -> Need:
        text = self.phrases.both(lambda language: self.phrases.expression(literal.what, language))
        if isinstance(literal.what, Const):  # a version that ends unchecked: no fact would settle it
            text = Wording("a rule that is not encoded or not checked", "未编码或未核对的规则")
        if isinstance(literal.what, Relationship):
            text = Wording(f"no others: {text.en}", f"没有其他：{text.zh}")
        return Need(text, literal.want, tuple(self._asked(item, frame) for item, frame in literal.waits_for))

    @staticmethod
    def _asked(item: Fact | Relationship, frame: Frame | None) -> Mapping[str, Any]:
        entry: dict[str, Any] = {"term": item.term, "about": about(frame), "title": item.title}
        if isinstance(item, Fact):
            entry |= {"ask": item.ask or item.title, "why": item.why, "who": item.who}
        else:
            title = item.title
            entry["ask"] = Wording(f"Is the list complete: {title.en}?", f"清单是否完整：{title.zh}？")
        return entry


def _among(value: Any, codes: frozenset[str]) -> bool | None:
    if isinstance(value, str):
        return value in codes
    held = getattr(value, "codes", None)
    if held is None:
        return None
    return True if held <= codes else (False if not held & codes else None)
