"""The law in a compiled form, for a fast start: documents already read, expressions already lowered.

Made from the law files by `compile_law`, kept in the user's cache under the digest of the files, and shipped with a
wheel. It is plain JSON: reading it runs nothing. When it is absent, stale or damaged the law files are read instead.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from tidewaiter.base.errors import LawFaults
from tidewaiter.engine.codec import decode, encode
from tidewaiter.engine.nodes import Node
from tidewaiter.engine.syntax import Place
from tidewaiter.engine.types import Type
from tidewaiter.library.documents import Document, law_files, read_document
from tidewaiter.library.expressions import expression_key
from tidewaiter.library.loader import build_law, law_digest, shipped_texts
from tidewaiter.library.model import Law, Version, rule_expressions

__all__ = ["FORMAT", "compile_law", "load_compiled", "read_compiled"]

FORMAT = 6
"""Version of the compiled form; a change of nodes or of the loader's data raises it."""
_SHIPPED = Path(__file__).with_name("compiled_law.json")


def _stamp() -> str:
    """A digest of the law files that costs no reading: names, sizes and times of change."""
    parts = [str(FORMAT), metadata.version("tidewaiter")]
    for name, entry in law_files():
        stat = os.stat(str(entry))
        parts.append(f"{name}:{stat.st_size}:{stat.st_mtime_ns}")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _cache_file(stamp: str) -> Path:
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "tidewaiter" / f"law-{stamp[:24]}.json"


@cache
def load_compiled() -> Law:
    """The shipped law: from its compiled form where that is current, else from its files (and then compiled).

    Raises LawFaults with all faults when the files are not valid.
    """
    for path in (_SHIPPED, _cache_file(_stamp())):
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
            return read_compiled(path.read_text(encoding="utf-8"))
    law, text = compile_law(shipped_texts())
    _keep(_cache_file(_stamp()), text)
    return law


def _keep(path: Path, text: str) -> None:
    """Write the compiled form where it can be found again; without a writable cache, start is merely slower."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("law-*.json"):
            old.unlink()
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)


def compile_law(texts: Mapping[str, str]) -> tuple[Law, str]:
    """Law from the texts of its files, and its compiled form. Raises LawFaults."""
    documents = [read_document(name, text) for name, text in sorted(texts.items())]
    digest = law_digest(texts)
    law, faults = build_law(documents, digest)
    if faults:
        raise LawFaults(faults)
    dates: dict[str, list[list[str | int]]] = {document.name: [] for document in documents}
    held = {
        "format": FORMAT,
        "digest": digest,
        "documents": {document.name: _plain(document.data, [], dates[document.name]) for document in documents},
        "dates": dates,
        "expressions": _expressions(law),
    }
    return law, json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, path: list[str | int], dates: list[list[str | int]]) -> Any:
    """The value with dates as text; where they stand goes into `dates`."""
    if isinstance(value, dt.date):
        dates.append(path)
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(each, [*path, key], dates) for key, each in value.items()}
    return [_plain(each, [*path, i], dates) for i, each in enumerate(value)] if isinstance(value, list) else value


def _date_back(data: Any, path: list[str | int]) -> None:
    """Put the date at a path back in the place of its text."""
    for key in path[:-1]:
        data = data[key]
    data[path[-1]] = dt.date.fromisoformat(data[path[-1]])


def _expressions(law: Law) -> dict[str, Any]:
    """Every expression of the law, lowered, by subject, expected type and text."""
    found: dict[str, Any] = {}
    for provision in law.provisions.values():
        versions = [*provision.versions]
        for overlay in law.overlays:
            versions += [held[provision.term] for held in (overlay.replaces, overlay.adds) if provision.term in held]
        for version in versions:
            _add(found, version)
        if provision.before is not None:
            found[provision.before.key] = encode(provision.before.node)
    return found


def _add(found: dict[str, Any], version: Version) -> None:
    for rule in (version.rule, *(reading.rule for reading in version.readings)):
        for expression in rule_expressions(rule):
            found[expression.key] = encode(expression.node)


def read_compiled(text: str) -> Law:
    """Law from its compiled form. ValueError or KeyError when it is of another format or damaged."""
    held = json.loads(text)
    if held["format"] != FORMAT:
        raise ValueError("another format")
    table = held["expressions"]

    def parse(text: object, subject: str, place: Place, kind: Type) -> Node:
        node: Node = decode(table[expression_key(text, subject, kind)])
        return node

    for name, paths in held["dates"].items():
        for path in paths:
            _date_back(held["documents"][name], path)
    documents = [Document(name, data) for name, data in held["documents"].items()]
    law, _ = build_law(documents, held["digest"], parse)
    return law
