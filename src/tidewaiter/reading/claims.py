"""Claims: what an article, or another program, says that can be checked, and how they are written as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.sentences import Span

__all__ = ["MAX_CLAIMS", "SCHEMA_VERSION", "Claim", "claims_of", "interval_of", "schema"]

SCHEMA_VERSION = 1
"""Version of the JSON form of claims."""
MAX_CLAIMS = 1000
"""Most claims that are read from one document."""
_OWN = ("type", "about", "fields", "sentence", "speaker", "stance", "on", "span", "topic")


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that was said and can be checked.

    `kind` is one of the types of data/claims.yaml; `fields` are what it says, by the names of that type; `sentence` is
    the text it stands in; `speaker` is who says it (None: the article itself); `stance` is asserted, reported,
    denied, asked or conditional; `topic` is the key of a known statement or prediction it was recognized as.
    `span` and `place` are offsets in the source's text: the words of the claim and their sentence.
    """

    kind: str
    fields: Mapping[str, Any]
    sentence: str = ""
    speaker: str | None = None
    stance: str = "asserted"
    topic: str = ""
    span: Span | None = None
    place: Span | None = None
    about: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The form that `claims_of` reads back."""
        return {
            "type": self.kind,
            "about": list(self.about),
            "fields": {key: _plain(value) for key, value in self.fields.items()},
            "sentence": self.sentence,
            "speaker": self.speaker,
            "stance": self.stance,
            "topic": self.topic,
            "span": None if self.span is None else [self.span.start, self.span.end],
        }


def _plain(value: Any) -> Any:
    if isinstance(value, DateInterval):
        return value.to_json()
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def claims_of(data: Any, where: str = "claims") -> tuple[tuple[Claim, ...], DateInterval | None]:
    """The claims of a JSON document, and the day they are checked for (`on`). Raises InputFaults with every fault."""
    faults: list[Fault] = []
    if not isinstance(data, Mapping) or not isinstance(data.get("claims"), list) or not data["claims"]:
        raise InputFaults([Fault(where, "holds no claims", 'an object {"on": "YYYY-MM-DD", "claims": [...]}')])
    if len(data["claims"]) > MAX_CLAIMS:
        raise InputFaults([Fault(f"{where}.claims", f"{len(data['claims'])} claims", f"at most {MAX_CLAIMS}")])
    for key in data:
        if key not in ("on", "claims", "schema_version", "language"):
            faults.append(Fault(f"{where}.{key}"[:80], "is no key of this document", "keys: on, claims"))
    day = interval_of(data["on"], f"{where}.on", faults) if data.get("on") is not None else None
    found = [_claim(row, f"{where}.claims[{i}]", faults) for i, row in enumerate(data["claims"])]
    if faults:
        raise InputFaults(faults)
    return tuple(claim for claim in found if claim), day


def _claim(row: Any, where: str, faults: list[Fault]) -> Claim | None:
    types = read_data("claims")["types"]
    if not isinstance(row, Mapping):
        faults.append(Fault(where, "is no claim", '{"type": …, "fields": {…}}'))
        return None
    faults += [
        Fault(f"{where}.{key}"[:80], "is no key of a claim", f"keys: {', '.join(_OWN)}")
        for key in row
        if key not in _OWN
    ]
    kind = row.get("type")
    if not isinstance(kind, str) or kind not in types:
        faults.append(Fault(f"{where}.type", f"{kind!r:.40} is no type of claim", f"one of {', '.join(types)}"))
        return None
    fields = _fields(row.get("fields"), types[kind], f"{where}.fields", faults)
    stance = row.get("stance") or "asserted"
    if not isinstance(stance, str) or stance not in read_data("claims")["stances"]:
        faults.append(
            Fault(
                f"{where}.stance", f"{stance!r:.40} is no stance", f"one of {', '.join(read_data('claims')['stances'])}"
            )
        )
    texts: dict[str, str | None] = {
        key: _text(row.get(key), f"{where}.{key}", faults) for key in ("sentence", "speaker", "topic")
    }
    about = tuple(str(value) for key, value in fields.items() if types[kind]["fields"][key].get("name"))
    return Claim(
        str(kind), fields, texts["sentence"] or "", texts["speaker"], str(stance), texts["topic"] or "", about=about
    )


def _text(value: Any, where: str, faults: list[Fault]) -> str | None:
    if value is None or (isinstance(value, str) and len(value) <= 4000):
        return value
    faults.append(Fault(where, f"{value!r:.40} is no text", "a text of at most 4000 characters"))
    return None


def _fields(value: Any, spec: Mapping[str, Any], where: str, faults: list[Fault]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        faults.append(Fault(where, "is missing", f"an object with {', '.join(spec['fields'])}"))
        return {}
    for key in value:
        if key not in spec["fields"]:
            faults.append(
                Fault(f"{where}.{key}"[:80], "is no field of this type", f"fields: {', '.join(spec['fields'])}")
            )
    for key, rule in spec["fields"].items():
        if rule.get("required") and value.get(key) in (None, ""):
            faults.append(Fault(f"{where}.{key}", "is missing", str(rule["says"]["en"])))
    known = [key for key in value if key in spec["fields"] and value[key] is not None]
    return {key: _value(value[key], spec["fields"][key], f"{where}.{key}", faults) for key in known}


def _value(value: Any, rule: Mapping[str, Any], where: str, faults: list[Fault]) -> Any:
    kind = rule["type"]
    if kind == "date":
        return interval_of(value, where, faults)
    right = {
        "text": isinstance(value, str) and len(value) <= 200,
        "number": isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == value
        and abs(value) < 1e40,
        "flag": isinstance(value, bool),
    }[kind]
    if right and kind == "text" and rule.get("one_of"):
        right = value in rule["one_of"]
    if not right:
        faults.append(
            Fault(
                where,
                f"{value!r:.40} does not fit",
                f"{kind}{': ' + ', '.join(rule['one_of']) if rule.get('one_of') else ''}",
            )
        )
    return value


def interval_of(value: Any, where: str, faults: list[Fault]) -> DateInterval | None:
    """The days of "YYYY-MM-DD" or {"earliest": …, "latest": …}; what is neither is noted as a fault."""
    ends: Sequence[Any] = (value.get("earliest"), value.get("latest")) if isinstance(value, Mapping) else (value, value)
    try:
        first, last = (dt.date.fromisoformat(end) if isinstance(end, str) else end for end in ends)
        if all(end is None or isinstance(end, dt.date) for end in (first, last)) and (first or last):
            return DateInterval(first, last)
    except ValueError:
        pass
    faults.append(Fault(where, f"{value!r:.40} is no day", 'write "YYYY-MM-DD" or {"earliest": …, "latest": …}'))
    return None


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a document of claims."""
    data = read_data("claims")
    interval = {
        "anyOf": [
            {"type": "string", "format": "date"},
            {"type": "object", "properties": {end: {"type": ["string", "null"]} for end in ("earliest", "latest")}},
        ]
    }
    kinds = [_kind_schema(name, spec, interval) for name, spec in data["types"].items()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Claims for tidewaiter verify",
        "type": "object",
        "required": ["claims"],
        "additionalProperties": False,
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "language": {"enum": ["en", "zh"]},
            "on": interval,
            "claims": {"type": "array", "minItems": 1, "maxItems": MAX_CLAIMS, "items": {"oneOf": kinds}},
        },
    }


def _kind_schema(name: str, spec: Mapping[str, Any], interval: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, dict[str, Any]] = {
        "text": {"type": "string", "maxLength": 200},
        "number": {"type": "number"},
        "flag": {"type": "boolean"},
        "date": dict(interval),
    }
    fields = {
        key: {
            **({"enum": rule["one_of"]} if rule.get("one_of") else plain[rule["type"]]),
            "description": rule["says"]["en"],
        }
        for key, rule in spec["fields"].items()
    }
    required = [key for key, rule in spec["fields"].items() if rule.get("required")]
    return {
        "type": "object",
        "title": name,
        "description": spec["says"]["en"],
        "required": ["type", "fields"],
        "additionalProperties": False,
        "properties": {
            "type": {"const": name},
            "about": {"type": "array", "items": {"type": "string"}},
            "fields": {"type": "object", "required": required, "additionalProperties": False, "properties": fields},
            "sentence": {"type": "string", "maxLength": 4000},
            "speaker": {"type": ["string", "null"]},
            "stance": {"enum": list(read_data("claims")["stances"])},
            "topic": {"type": "string"},
            "on": dict(interval),
            "span": {"type": ["array", "null"]},
        },
    }
