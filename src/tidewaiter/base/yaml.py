"""YAML as law files need it: `NO` and `on` stay text, dates become dates, line numbers are kept.

YAML 1.1 reads `NO` (Norway) and `on` as booleans; here only `true` and `false` are.
Aliases are refused (they allow exponential documents), and so are duplicate keys.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded

__all__ = ["MAX_YAML_BYTES", "MAX_YAML_DEPTH", "Lines", "load_yaml", "load_yaml_lines"]

MAX_YAML_BYTES = 5_000_000
"""Largest YAML document that is read, in bytes."""
MAX_YAML_DEPTH = 100
"""Deepest nesting of a YAML document that is read."""

Lines = dict[tuple[str | int, ...], tuple[int, int]]

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"^[-+]?(?:0|[1-9][0-9_]*)$")
_FLOAT = re.compile(r"^[-+]?(?:[0-9][0-9_]*)(?:\.[0-9_]+)?(?:[eE][-+]?[0-9]+)?$")
_DEEP_BLOCKS = re.compile(rf"^[ ?:-]{{{MAX_YAML_DEPTH}}}", re.MULTILINE)
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def load_yaml(text: str, name: str) -> Any:
    """Read one YAML document of mappings, lists, text, numbers, true/false and dates.

    `name` stands in error messages. Raises InputFaults (syntax, duplicate key, alias) or LimitExceeded.
    """
    return load_yaml_lines(text, name)[0]


def load_yaml_lines(text: str, name: str) -> tuple[Any, Lines]:
    """Like `load_yaml`, and the (line, column), from 1, of every value by its path of keys."""
    if len(text) > MAX_YAML_BYTES:
        raise LimitExceeded(f"{name}: {len(text)} characters; at most {MAX_YAML_BYTES} are read")
    loader = _BASE(text)
    try:
        _refuse_depth(text, name)
        if _has_alias(text):
            raise InputFaults([Fault(name, "aliases (&, *) are not allowed", "write the value out")])
        node = loader.get_single_node()
        lines: Lines = {}
        value = None if node is None else _value(node, (), lines, name)
    except yaml.MarkedYAMLError as error:
        raise InputFaults([_syntax_fault(error, name)]) from None
    except yaml.YAMLError as error:
        raise InputFaults([Fault(name, f"is not YAML: {error}", "see the YAML syntax")]) from None
    except RecursionError:
        raise LimitExceeded(f"{name}: nested too deeply") from None
    finally:
        loader.dispose()
    return value, lines


def _refuse_depth(text: str, name: str) -> None:
    """Nesting is counted before anything is composed: the C composer calls itself and would end the process."""
    if text.count("[") + text.count("{") < MAX_YAML_DEPTH and not _DEEP_BLOCKS.search(text):
        return
    depth = 0
    for event in _events(text):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_YAML_DEPTH:
            raise LimitExceeded(f"{name}: nested too deeply; at most {MAX_YAML_DEPTH} levels are read")


def _has_alias(text: str) -> bool:
    return ("*" in text or "&" in text) and any(isinstance(event, yaml.AliasEvent) for event in _events(text))


def _events(text: str) -> Any:
    return yaml.parse(text, Loader=_BASE)


def _syntax_fault(error: yaml.MarkedYAMLError, name: str) -> Fault:
    mark = error.problem_mark
    where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
    return Fault(where, f"is not YAML: {error.problem}", "check indentation, colons and quotes here")


def _value(node: yaml.Node, path: tuple[str | int, ...], lines: Lines, name: str) -> Any:
    lines[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, name)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, i), lines, name) for i, child in enumerate(node.value)]
    return _scalar(node, name)


def _mapping(node: yaml.MappingNode, path: tuple[str | int, ...], lines: Lines, name: str) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        where = f"{name}:{key_node.start_mark.line + 1}:{key_node.start_mark.column + 1}"
        if not isinstance(key_node, yaml.ScalarNode):
            raise InputFaults([Fault(where, "a key must be plain text", "write a simple key")])
        key = key_node.value
        if key in result:
            raise InputFaults([Fault(where, f"key '{key}' stands twice", "keep one of the two")])
        result[key] = _value(value_node, (*path, key), lines, name)
    return result


def _scalar(node: Any, name: str) -> Any:
    text = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    plain = {"true": True, "false": False, "null": None, "~": None, "": None}
    if text in plain:
        return plain[text]
    if _DATE.match(text):
        return _date(text, f"{name}:{node.start_mark.line + 1}:{node.start_mark.column + 1}")
    if _INTEGER.match(text):
        return int(text.replace("_", ""))
    return float(text.replace("_", "")) if _FLOAT.match(text) else text


def _date(text: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputFaults([Fault(where, f"{text} is no day of the calendar", "write YYYY-MM-DD")]) from None
