"""Markdown as plain text: marks dropped, links and emphasis reduced to words, front matter read for title and date."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["MarkdownText", "looks_like_markdown", "read_markdown"]

_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")
_FRONT = re.compile(r"\A---[ \t]*\n(.{0,5000}?)\n---[ \t]*(?:\n|\Z)", re.S)
_FIELD = re.compile(r"^(title|date|published|pubdate)[ \t]*:[ \t]*(.{1,300}?)[ \t]*$", re.I | re.M)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$")
_LINE_MARK = re.compile(r"^[ \t]{0,8}(?:>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+)+")
_RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$|^[ \t]*\|?[ \t:|-]{5,}\|?$")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,500})\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,100}\])")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~|`{1,3})(?=\S)([^\n]{1,500}?)(?<=\S)\1")
_REFERENCE = re.compile(r"^[ \t]{0,3}\[[^\]\n]{1,100}\]:[ \t]+\S+.*$")


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """The plain text of a Markdown document, its title and the date its front matter states (either may be empty)."""

    text: str
    title: str
    date: str


def looks_like_markdown(text: str, name: str | None) -> bool:
    """Whether a document is Markdown: by its name, or by front matter followed by headings."""
    if name and name.lower().split("?")[0].endswith(_ENDINGS):
        return True
    return _FRONT.match(text) is not None and bool(re.search(r"^#{1,6} \S", text, re.M))


def read_markdown(text: str) -> MarkdownText:
    """Reduce Markdown to plain text."""
    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front[1])} if front else {}
    lines = text[front.end() :].split("\n") if front else text.split("\n")
    title = fields.get("title", "")
    plain: list[str] = []
    for line in lines:
        heading = _HEADING.match(line)
        if heading and not title:
            title = _inline(heading[1])
        if not (_RULE.match(line) or _REFERENCE.match(line) or line.lstrip().startswith("```")):
            plain.append(_inline(heading[1] if heading else _LINE_MARK.sub("", line)))
    date = fields.get("date") or fields.get("published") or fields.get("pubdate") or ""
    return MarkdownText("\n".join(plain), title, date)


def _inline(line: str) -> str:
    line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    for _ in range(3):
        line = _EMPHASIS.sub(r"\2", line)
    return line.rstrip()
