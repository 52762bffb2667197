"""The text of a PDF, read with pypdf where it is installed; what has no text layer is told as such."""

from __future__ import annotations

import logging
import re
import time
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded

__all__ = ["MAX_PAGES", "MAX_SECONDS", "PdfText", "is_pdf", "read_pdf"]

MAX_PAGES = 200
"""Most pages of a PDF that are read."""
MAX_SECONDS = 20.0
"""Longest time that the pages of a PDF may take."""
_MAX_TEXT = 500_000
_LEAST_TEXT = 20
_FULL = 0.75
_HAN_END = re.compile("[\u4e00-\u9fff，、“（]$")
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF, the title its metadata states, and the day it was made (YYYY-MM-DD or empty)."""

    text: str
    titles: tuple[str, ...]
    created: str


def is_pdf(data: bytes) -> bool:
    """Whether bytes begin as a PDF does."""
    return data[:1024].lstrip().startswith(b"%PDF-")


def read_pdf(data: bytes, where: str) -> PdfText:
    """The text of a PDF. Raises InputFaults (pypdf missing, locked, broken, only pictures) and LimitExceeded."""
    try:
        import pypdf
    except ImportError:
        remedy = "install tidewaiter[read] (pypdf), or extract its text first (pdftotext)"
        raise InputFaults([Fault(where, "is a PDF, and pypdf is not installed", remedy)]) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _text_of(pypdf.PdfReader(BytesIO(data)), where)
    except (InputFaults, LimitExceeded):
        raise
    except (Exception, RecursionError) as error:  # a parser of hostile files must not end in a traceback
        what = f"is a PDF that cannot be read ({type(error).__name__})"
        raise InputFaults([Fault(where, what, "extract its text first (pdftotext) and give that")]) from None


def _text_of(reader: Any, where: str) -> PdfText:
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputFaults([Fault(where, "is a locked PDF", "give it without a password")])
    if len(reader.pages) > MAX_PAGES:
        raise LimitExceeded(
            f"{where}: {len(reader.pages)} pages; at most {MAX_PAGES} are read. Give the article alone."
        )
    text = _unwrapped("\n".join(_pages(reader, where)))
    if sum(char.isalnum() for char in text) < _LEAST_TEXT:
        what = f"is a PDF without a text layer ({len(reader.pages)} pages, pictures only)"
        raise InputFaults([Fault(where, what, "run text recognition (OCR) first, and give the text")])
    info = reader.metadata or {}
    title = " ".join(str(info.get("/Title") or "").split())
    made = _CREATED.match(str(info.get("/CreationDate") or ""))
    return PdfText(text, (title,) if 4 <= len(title) <= 300 else (), "-".join(made.groups()) if made else "")


def _unwrapped(text: str) -> str:
    """Chinese lines broken by the layout, joined: a long line that ends within a sentence goes on in the next."""
    lines = [line.rstrip() for line in text.split("\n")]
    longest = max((len(line) for line in lines), default=0)
    joined: list[str] = []
    for line in lines:
        if joined and line and _HAN_END.search(joined[-1]) and len(joined[-1].split("\n")[-1]) >= _FULL * longest:
            joined[-1] += line.lstrip()
        else:
            joined.append(line)
    return "\n".join(joined)


def _pages(reader: Any, where: str) -> list[str]:
    began, size = time.monotonic(), 0
    pages: list[str] = []
    for page in reader.pages:
        if time.monotonic() - began > MAX_SECONDS:
            raise LimitExceeded(f"{where}: its pages take longer than {MAX_SECONDS:g} seconds")
        pages.append(page.extract_text() or "")
        size += len(pages[-1])
        if size > _MAX_TEXT:
            raise LimitExceeded(f"{where}: more than {_MAX_TEXT:,} characters of text. Give the article alone.")
    return pages
