"""XML element by element, safely: no document type, no entities of its own, limits of depth and of size."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from tidewaiter.base.errors import Fault, LimitExceeded
from tidewaiter.evidence.parties.lists.drafts import ListFault

__all__ = ["Element", "xml_elements"]

_CHUNK = 1 << 16
_DEEPEST = 60
_MOST_NODES = 200_000


@dataclass(slots=True)
class Element:
    """An element: its tag without namespace, its attributes, what it holds in order, and its line."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list)

    def elements(self, tag: str = "") -> Iterator[Element]:
        """The elements directly inside, of one tag or of all."""
        return (each for each in self.children if isinstance(each, Element) and tag in ("", each.tag))

    def every(self, *tags: str) -> list[Element]:
        """The elements of some tags at any depth, in order."""
        found: list[Element] = []
        self._collect(tags, found)
        return found

    def _collect(self, tags: tuple[str, ...], found: list[Element]) -> None:
        for each in self.children:
            if isinstance(each, Element):
                if each.tag in tags:
                    found.append(each)
                each._collect(tags, found)

    def text(self) -> str:
        """All text inside, in order."""
        return "".join(each if isinstance(each, str) else each.text() for each in self.children)


def xml_elements(stream: io.BufferedReader, name: str, wanted: frozenset[str]) -> Iterator[Element]:
    """Each complete element of the wanted tags, outermost ones only; the rest is not kept.

    Raises ListFault (cut off, not XML, a document type or an entity) or LimitExceeded (depth, size).
    """
    reader = _Reader(name, wanted)
    try:
        while chunk := stream.read(_CHUNK):
            reader.parser.Parse(chunk, False)
            yield from reader.taken()
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _fault(name, error) from None
    except (LookupError, ValueError) as error:  # an encoding that is unknown, or of several bytes
        raise ListFault([Fault(name, f"is in an encoding that is not read: {error}", "save it as UTF-8")]) from None
    yield from reader.taken()


def _fault(name: str, error: expat.ExpatError) -> ListFault:
    ended = error.code in (expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],) or "unclosed" in str(error)
    what = "is cut off: the document ends too early" if ended else f"is no XML: {error}"
    return ListFault([Fault(f"{name}:{error.lineno}", what, "fetch it again")])


class _Reader:
    """Builds the wanted elements from the parser's events."""

    def __init__(self, name: str, wanted: frozenset[str]) -> None:
        self.name, self.wanted = name, wanted
        self.depth, self.nodes, self.stack, self.done = 0, 0, list[Element](), list[Element]()
        self.parser: Any = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse
        self.parser.ExternalEntityRefHandler = self.refuse

    def taken(self) -> list[Element]:
        done, self.done = self.done, []
        return done

    def refuse(self, *_: Any) -> Any:
        line = self.parser.CurrentLineNumber
        raise ListFault(
            [
                Fault(
                    f"{self.name}:{line}",
                    "has a document type or entities",
                    "lists have none: fetch it from the agency",
                )
            ]
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise LimitExceeded(f"{self.name}:{self.parser.CurrentLineNumber}: nested deeper than {_DEEPEST}")
        tag = tag.rpartition(":")[2]
        if self.stack or tag in self.wanted:
            element = Element(tag, attributes, self.parser.CurrentLineNumber)
            self.nodes = self.nodes + 1 if self.stack else 0
            if self.nodes > _MOST_NODES:
                raise LimitExceeded(f"{self.name}: one element of more than {_MOST_NODES:,} parts")
            if self.stack:
                self.stack[-1].children.append(element)
            self.stack.append(element)

    def end(self, _tag: str) -> None:
        self.depth -= 1
        if self.stack:
            element = self.stack.pop()
            if not self.stack:
                self.done.append(element)

    def data(self, text: str) -> None:
        if self.stack:
            self.stack[-1].children.append(text)
