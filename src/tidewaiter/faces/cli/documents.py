"""Question documents: YAML or JSON with one question or several under `questions`; every fault with its path."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded
from tidewaiter.base.yaml import load_yaml
from tidewaiter.engine.syntax import nearest
from tidewaiter.faces.asking import Asked
from tidewaiter.faces.cli.arguments import plain_day

__all__ = ["MAX_BYTES", "MAX_QUESTIONS", "asked_of", "read_bytes", "read_document"]

MAX_BYTES = 5_000_000
"""Largest document that is read."""
MAX_QUESTIONS = 1000
"""Most questions of one document."""
_KEYS = ("question", "item", "on", "options", "facts", "profile", "layer")
_STDIN = "-"


def read_bytes(place: str, limit: int = MAX_BYTES) -> bytes:
    """The content of a file, or of standard input for `-`. Raises InputFaults and LimitExceeded."""
    name = "standard input" if place == _STDIN else place
    try:
        if place == _STDIN:
            data = sys.stdin.buffer.read(limit + 1)
        else:
            if not stat.S_ISREG(os.stat(place).st_mode) and not stat.S_ISFIFO(os.stat(place).st_mode):
                raise InputFaults([Fault(name, "is no file", "name a file, or - for standard input")])
            with open(place, "rb") as file:
                data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputFaults(
            [Fault(name, f"cannot be read: {reason}", "check the path; an item goes with --item")]
        ) from None
    if len(data) > limit:
        raise LimitExceeded(f"{name}: more than {limit:,} bytes")
    return data


def read_document(place: str, base: Asked) -> tuple[list[Asked], list[Fault], bool]:
    """The questions of a document, its faults, and whether it holds a list. Options of `base` go before its own.

    Raises InputFaults for what is no YAML or JSON at all, and LimitExceeded.
    """
    data = _parsed(read_bytes(place), "-" if place == _STDIN else place)
    faults: list[Fault] = []
    if not isinstance(data, Mapping):
        raise InputFaults([Fault(place, "holds no question", "a mapping with item, on, options, facts …")])
    if "questions" not in data:
        asked = asked_of(data, "", base, faults)
        return ([asked] if asked else []), faults, False
    for key in data:
        if key != "questions":
            faults.append(Fault(str(key), f"'{key!s:.60}' stands beside questions", "put it into each question"))
    rows = data["questions"]
    if not isinstance(rows, list) or not rows or len(rows) > MAX_QUESTIONS:
        faults.append(Fault("questions", "is no list of questions", f"1 to {MAX_QUESTIONS} of them"))
        return [], faults, True
    found = [asked_of(row, f"questions[{index}]", base, faults) for index, row in enumerate(rows)]
    return [each for each in found if each is not None], faults, True


def _parsed(data: bytes, name: str) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputFaults([Fault(f"{name}:byte {error.start}", "is not UTF-8", "save the document as UTF-8")]) from None
    if not text.lstrip().startswith(("{", "[")):
        return load_yaml(text, name)
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        try:
            return load_yaml(text, name)  # YAML in braces
        except InputFaults:
            where = f"{name}:{error.lineno}:{error.colno}"
            raise InputFaults([Fault(where, f"is not JSON: {error.msg}", "check commas and quotes here")]) from None
    except (RecursionError, ValueError):
        raise LimitExceeded(f"{name}: nested too deeply, or a number too long") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InputFaults([Fault(key, f"key '{key:.60}' stands twice", "keep one of the two")])
        found[key] = value
    return found


def asked_of(data: Any, where: str, base: Asked, faults: list[Fault]) -> Asked | None:
    """A question from plain data; faults are noted with their path."""
    if not isinstance(data, Mapping):
        faults.append(Fault(where or "document", "is no question", "a mapping with item, on, options, facts …"))
        return None
    prefix = f"{where}." if where else ""
    for key in data:
        if key not in _KEYS:
            remedy = nearest(str(key), _KEYS) or f"keys: {', '.join(_KEYS)}"
            faults.append(Fault(f"{prefix}{key}", f"'{key!s:.60}' is no key of a question", remedy))
    changes: dict[str, Any] = {}
    for key in ("question", "item", "layer"):
        if data.get(key) is not None:
            changes[key] = _text(data[key], f"{prefix}{key}", faults)
    if "profile" in data:
        profile = data["profile"]
        changes["profile"] = None if profile in (None, "none") else _text(profile, f"{prefix}profile", faults)
    if data.get("on") is not None:
        changes["on"] = _day(data["on"], f"{prefix}on", faults)
    for key, more in (("options", base.options), ("facts", base.facts)):
        held = data.get(key) or {}
        if not isinstance(held, Mapping):
            faults.append(Fault(f"{prefix}{key}", "is no mapping of names to values", f"{key}: {{name: value}}"))
            held = {}
        changes[key] = {**{str(name): value for name, value in held.items()}, **more}
    return replace(base, **changes)


def _text(value: Any, where: str, faults: list[Fault]) -> str:
    if not isinstance(value, str):
        faults.append(Fault(where, f"{value!r:.60} is no text", "write it in quotes"))
        return ""
    return value


def _day(value: Any, where: str, faults: list[Fault]) -> dt.date:
    found = plain_day(value) if isinstance(value, str) else value
    if isinstance(found, dt.date) and not isinstance(found, dt.datetime):
        return found
    faults.append(Fault(where, f"{value!r:.40} is no day", "write YYYY-MM-DD"))
    return dt.date.today()
