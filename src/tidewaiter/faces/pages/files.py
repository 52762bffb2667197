"""Pages as files: HTML that stands alone, runs nothing and prints well, and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, Tree, Twig, clean, text_of

__all__ = ["html_page", "markdown_page"]

_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--dim:#59636e;--edge:#d0d7de;
--good:#1a6b35;--bad:#a4161a;--open:#8a5a00}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--dim:#9aa4ae;--edge:#30363d;
--good:#57c178;--bad:#ff8a80;--open:#e3b341}}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;color:var(--ink);background:var(--paper);
font:16px/1.55 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0 0 .5rem}
h2{font-size:1.1rem;margin:1.6rem 0 .3rem;border-bottom:1px solid var(--edge);padding-bottom:.15rem}
p{margin:.15rem 0;white-space:pre-wrap}table{border-collapse:collapse;width:100%;margin:.4rem 0}
th,td{border:1px solid var(--edge);padding:.3rem .5rem;text-align:left;vertical-align:top}
.strong{font-weight:600}.dim{color:var(--dim)}.good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}
.loud{color:var(--bad);font-weight:700}.cite{font-style:italic}
@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--dim:#444}body{max-width:none;padding:0;font-size:10.5pt}
h2,tr,p{break-inside:avoid}h2{break-after:avoid}@page{margin:18mm}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MARKS = re.compile(r"([\\`*_{}\[\]>#|~])")
_LEADING = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")
_STYLES = frozenset(("strong", "dim", "good", "bad", "open", "loud", "cite"))


def html_page(blocks: Iterable[Block], title: str, language: str) -> str:
    """A page as one HTML document: no scripts, no addresses, everything escaped."""
    body = "\n".join(part for block in blocks for part in _html(block))
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(clean(title))}</title><style>{_STYLE}</style>"
    )
    lang = "zh-Hans" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>{head}</head>\n<body><main>\n{body}\n</main></body>\n</html>\n'
    )


def _html(block: Block) -> Iterator[str]:
    if isinstance(block, Panel):
        yield f"<h1>{escape(clean(block.title))}</h1>"
        yield from (f"<p>{_spans(each)}</p>" for each in block.lines)
    elif isinstance(block, Lines):
        yield from _section(block.title, (f"<p>{_spans(each)}</p>" for each in block.lines))
    elif isinstance(block, Grid):
        head = "".join(f'<th scope="col">{escape(clean(each))}</th>' for each in block.head)
        rows = "".join("<tr>" + "".join(f"<td>{_spans(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
        yield from _section(block.title, [f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"])
    else:
        yield from _section(block.title, (f"<p>{_spans(each)}</p>" for each in _twigs(block)))


def _section(title: str, parts: Iterable[str]) -> Iterator[str]:
    inner = "\n".join(parts)
    heading = f"<h2>{escape(clean(title))}</h2>" if title else ""
    yield f"<section>{heading}\n{inner}\n</section>"


def _spans(content: Line) -> str:
    return "".join(_span(piece) for piece in content)


def _span(piece: Piece) -> str:
    text = escape(clean(piece.text))
    return f'<span class="{piece.style}">{text}</span>' if piece.style in _STYLES else text


def _twigs(tree: Tree) -> Iterator[Line]:
    def walk(twig: Twig, depth: int) -> Iterator[Line]:
        yield (Piece("  " * depth), *twig.line)
        for below in twig.below:
            yield from walk(below, depth + 1)

    for root in tree.roots:
        yield from walk(root, 0)


def markdown_page(blocks: Iterable[Block]) -> str:
    """A page as Markdown; the marks of its texts are escaped, so that nothing of an article becomes mark-up."""
    return "\n\n".join("\n".join(_markdown(block)) for block in blocks) + "\n"


def _markdown(block: Block) -> Iterator[str]:
    if isinstance(block, Panel):
        yield f"# {_plain(block.title)}\n"
        yield from (f"{_styled(each)}  " for each in block.lines)
    elif isinstance(block, Grid):
        yield f"## {_plain(block.title)}\n"
        yield "| " + " | ".join(_plain(each) for each in block.head) + " |"
        yield "|" + "---|" * max(1, len(block.head))
        yield from ("| " + " | ".join(_styled(cell) for cell in row) + " |" for row in block.rows)
    else:
        if block.title:
            yield f"## {_plain(block.title)}\n"
        lines = block.lines if isinstance(block, Lines) else tuple(_twigs(block))
        yield from (f"{_styled(each)}  " for each in lines)


def _plain(text: str) -> str:
    return _LEADING.sub(r"\1\\\2", _MARKS.sub(r"\\\1", " ".join(clean(text).split()))).replace("<", "&lt;")


def _styled(content: Line) -> str:
    text = text_of(content)
    indent = "&nbsp;" * min(len(text) - len(text.lstrip(" ")), 8)
    return indent + _plain(text)
