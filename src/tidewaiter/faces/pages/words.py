"""The words of the faces themselves: English in the code, simplified Chinese in data/words.yaml."""

from __future__ import annotations

from typing import Any

from tidewaiter.base.wording import Language, Wording, wording
from tidewaiter.engine.values import Interval, OneOf, ordinal
from tidewaiter.engine.vocabulary import Domain
from tidewaiter.faces.asking import face_data
from tidewaiter.faces.composition import decider

__all__ = ["Words"]


class Words:
    """Speaks one language: fixed words, wordings and values of the law."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.colon = ": " if language == "en" else "："
        self.semicolon = "; " if language == "en" else "；"
        self.comma = ", " if language == "en" else "、"
        self.pause = ", " if language == "en" else "，"
        self._known: dict[str, str] = face_data("words") if language == "zh" else {}

    def __call__(self, text: str, **fields: object) -> str:
        """A fixed text; `fields` fill its braces."""
        found = self._known.get(text, text)
        return found.format(**fields) if fields else found

    def of(self, found: Wording) -> str:
        """A wording in this language."""
        return found.text(self.language)

    def written(self, found: Any) -> str:
        """A wording as law data writes it (`{en: …, zh: …}`) in this language."""
        return self.of(wording(found))

    def brackets(self, text: str) -> str:
        """Text in the brackets of this language."""
        return (f" ({text})" if self.language == "en" else f"（{text}）") if text else ""

    def who(self, key: str) -> str:
        """Who can verify a fact."""
        return self.written(face_data("who").get(key) or key.replace("_", " "))

    def title(self, term: str) -> str:
        """The title of a term."""
        return self.of(decider().phrases.title(term))

    def has(self, term: str) -> bool:
        """Whether the vocabulary has a fact of this name."""
        return term in decider().law.vocabulary.facts

    def value(self, term: str, value: Any) -> str:
        """A plain value of a term in words, with its unit."""
        kind = decider().law.vocabulary.type_of(term)
        if isinstance(value, dict) and "one_of" in value:
            value = OneOf(frozenset(value["one_of"]))
        elif isinstance(value, dict):
            value = Interval(float(value.get("at_least", "-inf")), float(value.get("at_most", "inf")))
        if kind is None or (kind.kind == "date" and isinstance(value, str)) or value == "unknown":
            return str(value)
        if kind.kind == "code" and isinstance(value, str):
            value = _code(value, decider().law.vocabulary.domains[kind.domain])
        if kind.kind == "date" and hasattr(value, "toordinal"):
            value = float(ordinal(value))
        return decider().phrases.value(value, kind, self.language)


def _code(text: str, domain: Domain) -> str:
    """The code that a stated text means; the text itself where it means none."""
    from tidewaiter.determine.statements import code_of

    try:
        return code_of(text, domain)
    except Exception:  # what is no code was refused before
        return text
