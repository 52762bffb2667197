"""Labelled articles: read from YAML, compared with what the reader finds. Form: articles/README.md beside this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tidewaiter.base.yaml import load_yaml
from tidewaiter.faces.articles import Dossier, catalog_names, read_article
from tidewaiter.reading.dossier import key_finder
from tidewaiter.reading.findings import Checked
from tidewaiter.reading.mentions import Mention

__all__ = [
    "ARTICLES",
    "DECIDED",
    "Labelled",
    "articles",
    "found_claims",
    "mention_counts",
    "unanswered",
    "wrongly_decided",
]

ARTICLES = Path(__file__).parent / "articles"
DECIDED = ("holds", "contradicted", "borne_out")
"""The statuses that may not be given where no label allows them."""
KINDS = (
    *("chip", "model", "company", "person", "agency", "instrument", "case", "place"),
    *("date", "money", "quantity", "percentage"),
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its labels; `file` is where it stands."""

    name: str
    file: str
    data: dict[str, Any]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of mention it is judged on."""
        return tuple(self.data.get("kinds") or KINDS)

    def dossier(self) -> Dossier:
        """The article read as a user would have it read."""
        return _read(self.data["text"], self.data.get("published"))


@cache
def _read(text: str, published: dt.date | None) -> Dossier:
    return read_article(text, published=published)


@cache
def articles() -> tuple[Labelled, ...]:
    """Every labelled article, in the order of files and of their lists."""
    found = []
    for path in sorted(ARTICLES.glob("*.yaml")):
        for entry in load_yaml(path.read_text(encoding="utf-8"), path.name):
            found.append(Labelled(str(entry["article"]), path.name, entry))
    return tuple(found)


@cache
def _key(name: str) -> str:
    return key_finder(catalog_names())(name)


def _plain(text: str) -> str:
    return "".join(str(text).split()).casefold()


def mention_counts(article: Labelled) -> tuple[int, int, int, list[str]]:
    """Distinct mentions right, found, expected, and what is wrong or missing."""
    expected = [(str(row[0]), _plain(row[1])) for row in article.data.get("mentions") or ()]
    mentions = article.dossier().reading.mentions
    found = list(dict.fromkeys((m.kind, _plain(m.surface)) for m in mentions if m.kind in article.kinds))
    expected = [pair for pair in expected if pair[0] in article.kinds]
    right = [pair for pair in found if any(_agree(pair, label) for label in expected)]
    answered = [label for label in expected if any(_agree(pair, label) for pair in found)]
    wrong = [f"found {kind} {text}" for kind, text in found if (kind, text) not in right]
    missing = [f"missing {kind} {text}" for kind, text in expected if (kind, text) not in answered]
    return len(right), len(found), len(expected), wrong + missing


def _agree(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] == other[0] and (one[1] in other[1] or other[1] in one[1])


def keys_wrong(article: Labelled) -> Iterator[str]:
    """Labels whose key is not that of the mention found with their text."""
    mentions: Sequence[Mention] = article.dossier().reading.mentions
    for row in article.data.get("mentions") or ():
        if len(row) > 2 and row[2]:
            same = [m for m in mentions if m.kind == row[0] and _plain(m.surface) == _plain(row[1])]
            keys = {key for m in same for key in (m.key, *(other for _, other in m.also))}
            if same and _key(str(row[2])) not in keys:
                yield f"{article.name}: {row[1]} is {sorted(keys)}, not {_key(str(row[2]))}"


def found_claims(article: Labelled) -> tuple[Checked, ...]:
    """The claims found, with their findings."""
    return article.dossier().claims


def _touches(label: dict[str, Any], each: Checked) -> bool:
    """Whether a label of whatever type is about something that a claim is about: types shade into one another."""
    about = label.get("about") or ()
    keys = {*each.claim.about, each.claim.topic, *(str(value) for value in each.claim.fields.values())}
    return any(_key(str(name)) in keys or name in keys for name in ([about] if isinstance(about, str) else about))


def _answers(label: dict[str, Any], each: Checked) -> bool:
    about = label.get("about") or ()
    names = [about] if isinstance(about, str) else list(about)
    keys = {*each.claim.about, each.claim.topic, *(str(value) for value in each.claim.fields.values())}
    return bool(label["type"] == each.claim.kind and all(_key(str(name)) in keys or name in keys for name in names))


def _statuses(label: dict[str, Any]) -> list[str]:
    status = label["status"]
    return [status] if isinstance(status, str) else list(status)


def wrongly_decided(article: Labelled) -> Iterator[str]:
    """Claims that are decided where no label allows that status."""
    labels = article.data.get("claims") or ()
    for each in found_claims(article):
        status = each.finding.status
        fitting = [label for label in labels if _answers(label, each)]
        fitting = fitting or [label for label in labels if _touches(label, each)]
        if status in DECIDED and not any(status in _statuses(label) for label in fitting):
            said = [_statuses(label) for label in fitting] or "no label"
            yield f"{article.name}: {each.claim.kind} {each.claim.about} {status}, labelled {said}"


def unanswered(article: Labelled) -> Iterator[str]:
    """Labels that no found claim answers with an allowed status."""
    for label in article.data.get("claims") or ():
        fitting = [each for each in found_claims(article) if _answers(label, each)]
        if not any(each.finding.status in _statuses(label) for each in fitting):
            statuses = [each.finding.status for each in fitting]
            yield f"{article.name}: {label['type']} {label.get('about')} {label['status']}, found {statuses}"
