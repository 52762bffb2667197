"""A proof as a tree: each step with ✓, ✗ or ?, the number beside the line, its citation, and how a fact is known."""

from __future__ import annotations

from tidewaiter.determine.determination import ProofNode
from tidewaiter.faces.pages.blocks import Piece, Twig, line
from tidewaiter.faces.pages.words import Words

__all__ = ["proof_twig"]

_MARKS = {True: Piece("✓ ", "good"), False: Piece("✗ ", "bad"), None: Piece("? ", "open")}
_STATUS = {"assumed": "open", "missing": "bad", "given": "dim"}


def proof_twig(node: ProofNode, words: Words) -> Twig:
    """The tree of a proof step."""
    mark = _MARKS[node.value] if node.value is None or isinstance(node.value, bool) else Piece("= ", "dim")
    parts = [mark, Piece(words.of(node.text), "strong" if node.kind == "provision" else "")]
    if node.kind == "value" and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        parts.append(Piece(f" = {node.value:,.10g}"))
    if node.citation is not None:
        cite = [node.citation.citation, words.comma.join(node.citation.instruments[:1])]
        parts.append(Piece("  " + words.semicolon.join(filter(None, cite)), "cite"))
        if node.citation.confidence != "high":
            parts.append(Piece(f"  {words(f'{node.citation.confidence} confidence')}", "open"))
    if node.status:
        parts.append(Piece(f"  {words(node.status)}", _STATUS.get(node.status, "dim")))
    if node.reading:
        parts.append(Piece(f"  {words('reading')} {node.reading}", "open"))
    if node.presumption:
        parts.append(Piece(f"  {words('rests on a presumption')}", "open"))
    if node.above:
        parts.append(Piece(f"  ↑ {words('shown above')}", "dim"))
    return Twig(line(*parts), tuple(proof_twig(child, words) for child in node.children))
