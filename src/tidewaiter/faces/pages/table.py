"""The summary of a table's run: how many rows had which outcome, what was rejected and why, and where it all is."""

from __future__ import annotations

from collections.abc import Mapping

from tidewaiter.faces.composition import decider
from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Piece, line
from tidewaiter.faces.pages.determination import TONES
from tidewaiter.faces.pages.words import Words
from tidewaiter.tables.job import Summary

__all__ = ["table_page"]

_REASONS_SHOWN = 8


def table_page(question: str, summary: Summary, files: Mapping[str, str], words: Words) -> list[Block]:
    """The blocks of a summary."""
    spec = decider().specification(question)
    total = max(summary.rows + summary.rejected, 1)
    rows: list[tuple[Line, ...]] = []
    for word in spec.outcomes:
        count = summary.outcomes.get(word.code, 0)
        if count:
            title = line(Piece(words.of(word.title), TONES.get(word.exit, "open")))
            rows.append((title, line(f"{count:,}"), line(f"{count / total:.1%}")))
    if summary.rejected:
        rows.append((line(Piece(words("rejected"), "loud")), line(f"{summary.rejected:,}"),
                     line(f"{summary.rejected / total:.1%}")))  # fmt: skip
    head = (words("outcome"), words("rows"), words("share"))
    blocks: list[Block] = [Grid(words("Outcomes of {rows} rows", rows=f"{summary.rows:,}"), head, tuple(rows))]
    if summary.reasons:
        shown = summary.reasons.most_common(_REASONS_SHOWN)
        blocks.append(Lines(words("Rejected, by reason"), tuple(line(f"{count:,}  {text}") for text, count in shown)))
    told = [line(f"{words('output')}{words.colon}{files['output']}")]
    if summary.rejected:
        told.append(line(f"{words('rejected')}{words.colon}{files['rejects']}"))
    verdicts = words("{count} distinct verdicts, each explained", count=f"{summary.verdicts:,}")
    told.append(line(f"{verdicts}{words.colon}{files['verdicts']}" if files["verdicts"] else verdicts))
    if summary.resumed:
        told.append(
            line(words("{rows} rows were answered by an earlier, interrupted run", rows=f"{summary.resumed:,}"))
        )
    digest = decider().law.digest[:12]
    told.append(line(Piece(f"{words('law')} {digest} · {words('Not legal advice.')}", "dim")))
    return [*blocks, Lines("", tuple(told))]
