"""What every command does first and last: its language, its faults, a page or JSON, an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault, InputFaults, QuestionFaults

if TYPE_CHECKING:
    from tidewaiter.faces.pages.blocks import Block
    from tidewaiter.faces.pages.words import Words

__all__ = ["Screen", "worst"]

_ORDER = (2, 3, 1, 0)


def worst(codes: Iterable[int]) -> int:
    """The exit code of several answers: a fault goes before undetermined, before a restriction, before clear."""
    return min(codes, key=_ORDER.index, default=0)


@dataclass(slots=True)
class Screen:
    """One run of a command: its language, whether it prints JSON, and the faults found so far."""

    words: Words
    as_json: bool
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, language: str, as_json: bool) -> Screen:
        """A screen in a language; another than the known ones is a fault."""
        from tidewaiter.faces.cli.arguments import language_of
        from tidewaiter.faces.pages.words import Words

        faults: list[Fault] = []
        return cls(Words(language_of(language, faults)), as_json, faults)

    def gather(self, find: Callable[[], Any]) -> Any:
        """What `find` returns, or None with its faults noted."""
        try:
            return find()
        except InputFaults as error:
            self.faults += error.faults
            return None

    def stop(self) -> None:
        """Raise every fault found so far, if there is one."""
        if self.faults:
            raise QuestionFaults(list(dict.fromkeys(self.faults)))

    def show(self, data: Callable[[], Any], page: Callable[[], Iterable[Block]]) -> None:
        """Print the JSON form or the page."""
        from tidewaiter.faces.cli.terminal import print_json, print_page

        if self.as_json:
            print_json(data())
        else:
            print_page(page())
