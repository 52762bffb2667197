"""The tour: a few questions answered, one proof, one article read; what it asks stands in data/demo.yaml."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tidewaiter.determine.determination import ProofNode
from tidewaiter.faces.answers import Answer
from tidewaiter.faces.asking import Asked, answer, face_data
from tidewaiter.faces.cli.running import Screen
from tidewaiter.faces.cli.terminal import print_page
from tidewaiter.faces.pages.blocks import Block, Grid, Lines, Piece, Tree, line
from tidewaiter.faces.pages.words import Words

__all__ = ["tour"]

_PROOF_DEPTH = 6
_SPLICED = frozenset({"all_of", "any_of", "choice", "rows"})
_HIDDEN = frozenset({"none_of", "value"})


def tour(screen: Screen) -> None:
    """Print the tour. Raises QuestionFaults when the language is none."""
    screen.stop()
    began = time.perf_counter()
    data = face_data("demo")
    for step in data["steps"]:
        say = Lines("", (line(Piece(screen.words.written(step["say"]), "strong")),))
        print_page([say, *_step(step, screen.words), Lines("", (line(""),))])
    took = screen.words("{seconds} s, offline", seconds=f"{time.perf_counter() - began:.1f}")
    print_page([Lines("", (line(screen.words.written(data["closing"])), line(Piece(took, "dim"))))])


def _step(step: Mapping[str, Any], words: Words) -> list[Block]:
    if "article" in step:
        return _article(str(step["article"]), words)
    found = [answer(Asked(item=str(step["item"]), on=_day(day), options=step["options"])) for day in step["dates"]]
    match step["show"]:
        case "proof":
            return _proof(found[0], words)
        case "table":
            return [_table(found, words)]
    return _short(found[0], words)


def _day(written: Any) -> dt.date:
    return written if isinstance(written, dt.date) else dt.date.today()


def _table(found: list[Answer], words: Words) -> Block:
    from tidewaiter.faces.history import deciding
    from tidewaiter.faces.pages.determination import TONES
    from tidewaiter.faces.reasons import exit_class

    rows = []
    for each in found:
        tone = TONES.get(exit_class(each.question, each.outcome), "open")
        because = words.semicolon.join(words.of(citation.title) for citation in deciding(each)[:2])
        layer = words.of(each.layer(each.headline).title)
        rows.append(
            (line(str(each.on)), line(Piece(words.of(each.title), tone)), line(layer), line(Piece(because, "dim")))
        )
    return Grid("", (words("date"), words("outcome"), words("layer"), words("decided by")), tuple(rows))


def _proof(found: Answer, words: Words) -> list[Block]:
    from tidewaiter.faces.pages.proof import proof_twig

    kept = _pruned(found.layer(found.headline).proof, _PROOF_DEPTH)
    return [Tree("", tuple(proof_twig(node, words) for node in kept))]


def _pruned(node: ProofNode, depth: int) -> list[ProofNode]:
    """A proof without connectives, refuted branches and its deepest steps: the tour shows what holds."""
    if node.value is False or node.kind in _HIDDEN or depth == 0:
        return []
    below = [kept for child in node.children for kept in _pruned(child, depth - (node.kind not in _SPLICED))]
    return below if node.kind in _SPLICED else [replace(node, children=tuple(below))]


def _short(found: Answer, words: Words) -> list[Block]:
    """The page of an answer as far as its exceptions."""
    from tidewaiter.faces.pages.determination import answer_page

    shown = (
        words("Classification"),
        words("Tests that decide"),
        words("THE LAYERS OF LAW DIFFER"),
        words("License exceptions"),
    )
    blocks = answer_page(found, words)
    return [blocks[0], *(block for block in blocks[1:] if block.title.startswith(shown))]


def _article(language: str, words: Words) -> list[Block]:
    from tidewaiter.faces.articles import read_article
    from tidewaiter.faces.pages.article import article_page
    from tidewaiter.reading.samples import sample_article

    name, data = sample_article(language)
    return article_page(read_article(data, name=name), words)


if __name__ == "__main__":
    import sys

    from tidewaiter.faces.main import run

    sys.exit(run(["demo", *sys.argv[1:]]))
