"""Text in English and simplified Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["LANGUAGES", "NO_WORDING", "Language", "Wording", "wording"]

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Wording:
    """The same text in English and in simplified Chinese; either may be empty."""

    en: str = ""
    zh: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def text(self, language: Language = "en") -> str:
        """The text in a language, or in the other one where this one is missing."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


NO_WORDING = Wording()


def wording(value: object) -> Wording:
    """Read `{en: …, zh: …}` or plain English text; anything else is empty."""
    if isinstance(value, str):
        return Wording(en=value.strip())
    if isinstance(value, Mapping):
        return Wording(*(" ".join(str(value.get(key) or "").split()) for key in LANGUAGES))
    return Wording()
