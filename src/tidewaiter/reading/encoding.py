"""Bytes to text: byte-order marks, a declared encoding, or detection."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.reading.resources import read_data

__all__ = ["Decoded", "check_characters", "decode", "plausibility"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 200_000
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5-hkscs": "big5hkscs",
    "big5": "big5hkscs",
}
_OURS = re.compile(r"utf-8|utf-16(-[lb]e)?|utf-32|gb18030|big5hkscs|cp950|cp1252|iso8859-1|ascii")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and how that was known: mark, declared or detected."""

    text: str
    encoding: str
    known_by: str


def decode(data: bytes, where: str, declared: str | None = None) -> Decoded:
    """Decode bytes; `declared` (by a header, say) outranks the page, a mark outranks both.

    Raises InputFaults for a binary file and for bytes that no supported encoding fits.
    """
    _refuse_binary(data, where)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _must(data[len(mark) :], marked, "mark", where)
    for candidate in (declared, _declared_in(data)):
        name = _known_name(candidate)
        decoded = _try(data, name, "declared") if name else None
        if decoded:
            return decoded
    return _detect(data, where)


def check_characters(text: str, where: str) -> None:
    """Raise InputFaults for a text that is binary in disguise or holds half characters."""
    if _SURROGATE.search(text):
        raise InputFaults([Fault(where, "holds halves of characters (surrogates)", "decode the bytes anew")])
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > max(2, len(text) // 200):
        raise InputFaults([_binary_fault(where, "it holds control characters")])


def _refuse_binary(data: bytes, where: str) -> None:
    for entry in read_data("formats")["binary"]:
        if data.startswith(bytes.fromhex(entry["starts_with_hex"])):
            raise InputFaults([Fault(where, f"is {entry['what']}, not text", entry["remedy"])])


def _binary_fault(where: str, why: str) -> Fault:
    return Fault(where, f"is not text: {why}", "give the page as HTML or plain text")


def _declared_in(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return match.group(1).decode("ascii") if match else None


def _known_name(label: str | None) -> str | None:
    """The codec to use for a label; None for an unknown one or one that is no text encoding of ours."""
    if not label:
        return None
    try:
        name = codecs.lookup(_ALIASES.get(label.strip().lower(), label.strip())).name
    except (LookupError, ValueError):
        return None
    name = _ALIASES.get(name, name)
    return name if _OURS.fullmatch(name) else None


def _try(data: bytes, name: str, known_by: str) -> Decoded | None:
    try:
        return Decoded(data.decode(name), name, known_by)
    except UnicodeDecodeError as error:
        cut_off = error.end >= len(data) and len(data) - error.start < 4 and name != "ascii"
        return _try(data[: error.start], name, known_by) if cut_off and error.start else None


def _must(data: bytes, name: str, known_by: str, where: str) -> Decoded:
    decoded = _try(data, name, known_by)
    if decoded is None:
        raise InputFaults([Fault(where, f"has the mark of {name} but does not decode", "save it anew as UTF-8")])
    return decoded


def _detect(data: bytes, where: str) -> Decoded:
    wide = _wide_without_mark(data)
    if wide:
        return _must(data, wide, "detected", where)
    if b"\x00" in data[:_SAMPLE]:
        raise InputFaults([_binary_fault(where, "it holds NUL bytes")])
    plain = _try(data, "utf-8", "detected")
    if plain:
        return plain
    tried = [_try(data, name, "detected") for name in ("gb18030", "big5hkscs", "cp1252")]
    scored = [(plausibility(each.text), -i, each) for i, each in enumerate(tried) if each]
    best = max(scored, default=None)
    if best is None or best[0] <= 0:
        raise InputFaults(
            [Fault(where, "is in no encoding known here (UTF-8, UTF-16, GB18030, Big5)", "save it as UTF-8")]
        )
    return best[2]


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly ASCII text without a mark: every second byte is NUL."""
    sample = data[: 2 * (min(len(data), 4000) // 2)]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.02 * half else None


def plausibility(text: str) -> float:
    """How much of the text beyond ASCII is the commonest Chinese characters and usual marks, from -1 to 1."""
    beyond = [char for char in text[:_SAMPLE] if char > "\x7f"]
    if not beyond:
        return 1.0
    common = frozenset(read_data("formats")["common_characters"])
    odd = sum(1 for char in beyond if _odd(char))
    latin_only = all(char < "\u2200" for char in beyond)
    if latin_only:
        return 0.2 if len(beyond) < 0.15 * len(text) and not odd else -1.0
    return (sum(1 for char in beyond if char in common) - 2 * odd) / len(beyond) - 0.05


def _odd(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f" or char == "\ufffd" or char > "\U0002ffff"
