"""Reading the law: documents sorted by what they declare, built in order, every fault of every file collected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from tidewaiter.base.errors import Fault, LawFaults
from tidewaiter.base.wording import wording
from tidewaiter.engine.nodes import Node, SetNode
from tidewaiter.engine.parser import parse_expression
from tidewaiter.engine.sets import parse_set
from tidewaiter.engine.syntax import Place
from tidewaiter.engine.types import Type
from tidewaiter.engine.vocabulary import Vocabulary
from tidewaiter.library.checks import check_law
from tidewaiter.library.documents import Document, law_files, read_document
from tidewaiter.library.groups import read_group
from tidewaiter.library.model import Group, Instrument, Law, Provision
from tidewaiter.library.provisions import Parse, ProvisionReader
from tidewaiter.library.scope import read_scope
from tidewaiter.library.vocabulary import build_vocabulary

__all__ = ["build_law", "law_digest", "load_law", "read_law", "shipped_texts"]

_INSTRUMENT = (
    *("id", "title", "kind", "agency", "published", "effective"),
    *("confidence", "url", "citation", "note", "checked", "says"),
)
_MARKS = ("decides", "overlay", "group", "table", "question", "profile", "subject", "domain", "units", "scope")


def shipped_texts() -> dict[str, str]:
    """The text of every law file that tidewaiter ships, by its path under law/."""
    return {name: entry.read_text(encoding="utf-8") for name, entry in law_files()}


@cache
def load_law() -> Law:
    """The law that tidewaiter ships, read once. Raises LawFaults with all faults of all files."""
    return read_law(shipped_texts())


def read_law(texts: Mapping[str, str]) -> Law:
    """Law from the texts of its files (by path). Raises LawFaults with all faults of all files."""
    documents = [read_document(name, text) for name, text in texts.items()]
    law, faults = build_law(documents, law_digest(texts))
    if faults:
        raise LawFaults(faults)
    return law


def law_digest(texts: Mapping[str, str]) -> str:
    """The SHA-256 of law files by path and text, in whatever order they come."""
    return hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in sorted(texts.items())).encode()).hexdigest()


def build_law(documents: Sequence[Document], digest: str, parse: Parse | None = None) -> tuple[Law, list[Fault]]:
    """Law from documents, and every fault found. With `parse` given (a compiled law) expressions are read lazily."""
    by_kind = _sorted(documents)
    vocabulary = build_vocabulary(
        [*by_kind["units"], *by_kind["domain"], *by_kind["subject"]],
        by_kind["decides"],
        [*by_kind["group"], *by_kind["table"]],
    )
    reader = ProvisionReader(vocabulary, parse or _parser(vocabulary), eager=parse is None)
    law = Law(
        vocabulary,
        _unique(by_kind["decides"], (reader.provision(document) for document in by_kind["decides"])),
        tuple(filter(None, (reader.overlay(document) for document in by_kind["overlay"]))),
        _groups(by_kind["group"], vocabulary),
        _groups(by_kind["table"], vocabulary),
        _instruments(by_kind["instruments"]),
        {str(document.data["question"]): document.data for document in by_kind["question"]},
        {str(document.data["profile"]): document.data for document in by_kind["profile"]},
        tuple(entry for document in by_kind["not_encoded"] for entry in document.data),
        tuple(section for document in by_kind["scope"] for section in read_scope(document)),
        digest,
    )
    faults = [fault for document in documents for fault in document.faults]
    return law, faults if faults or parse is not None else check_law(law)


def _parser(vocabulary: Vocabulary) -> Parse:
    def parse(text: object, subject: str, place: Place, kind: Type) -> Node:
        return parse_expression(text, vocabulary, subject, place, kind)

    return parse


def _sorted(documents: Iterable[Document]) -> dict[str, list[Document]]:
    """Documents by what they declare; what declares nothing is a fault of its own."""
    found: dict[str, list[Document]] = {mark: [] for mark in (*_MARKS, "instruments", "not_encoded")}
    for document in documents:
        if isinstance(document.data, Mapping):
            mark = next((mark for mark in _MARKS if mark in document.data), None)
        else:
            mark = "not_encoded" if "not_encoded" in document.name else "instruments"
            mark = mark if isinstance(document.data, list) else None
        if mark is None:
            if not document.faults:
                document.fault((), "declares nothing", f"a law file begins with one of {', '.join(_MARKS)}")
        else:
            found[mark].append(document)
    return found


def _unique(documents: Sequence[Document], provisions: Iterable[Provision | None]) -> dict[str, Provision]:
    found: dict[str, Provision] = {}
    for document, provision in zip(documents, provisions, strict=True):
        if provision is None:
            continue
        if provision.term in found:
            other = found[provision.term].name
            document.fault(("decides",), f"'{provision.term}' is decided twice, also in {other}.yaml", "keep one")
        found[provision.term] = provision
    return found


def _groups(documents: Sequence[Document], vocabulary: Vocabulary) -> dict[str, Group]:
    def parse(text: str, domain: str, place: Any) -> SetNode:
        return parse_set(text, vocabulary, domain, place)

    found: dict[str, Group] = {}
    for document in documents:
        group = read_group(document, vocabulary, parse)
        if group.key in found:
            document.fault((), f"'{group.key}' is declared twice, also in {found[group.key].name}.yaml", "keep one")
        found[group.key] = group
    return found


def _instruments(documents: Sequence[Document]) -> dict[str, Instrument]:
    found: dict[str, Instrument] = {}
    for document in documents:
        for index, value in enumerate(document.data):
            entry = document.mapping((index,), value, _INSTRUMENT, ("id", "title"))
            key = str(entry.get("id"))
            if key in found:
                document.fault((index,), f"instrument '{key}' stands twice", "keep one")
            found[key] = Instrument(
                key,
                wording(entry.get("title")),
                document.text((index, "kind"), entry.get("kind")),
                document.text((index, "agency"), entry.get("agency")),
                document.date((index, "published"), entry.get("published")),
                document.text((index, "confidence"), entry.get("confidence")),
                document.text((index, "url"), entry.get("url")),
            )
    return found
