"""PDF and Markdown in; HTML and Markdown out."""

import datetime as dt
import zlib
from pathlib import Path

import pytest

from tidewaiter.base.errors import InputFaults, LimitExceeded
from tidewaiter.faces.articles import Dossier, read_article
from tidewaiter.faces.pages.article import article_page
from tidewaiter.faces.pages.blocks import Block, Grid, Lines, Panel, Piece, line
from tidewaiter.faces.pages.files import html_page, markdown_page
from tidewaiter.faces.pages.words import Words
from tidewaiter.reading import pdf
from tidewaiter.reading.reader import read
from tidewaiter.reading.source import load_source

__all__: list[str] = []

SENTENCES = (
    "The Commerce Department has not restricted the H20, a chip that Nvidia sells to customers in China every day.",
    "The H20 is not subject to export controls, and the company expects that to stay so for the rest of the year.",
    "Analysts said that the Entity List grew in January, when Zhipu was added to the Entity List by the bureau.",
)
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> | # * [x](javascript:alert(1)) \u202e evil"


def pdf_of(pages: list[str], title: str = "Chips and the law") -> bytes:
    """A small PDF with one text stream a page; a page of empty text holds nothing to read."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for text in pages:
        rows = "".join(f"({row}) Tj 0 -14 Td " for row in text.split("\n"))
        stream = zlib.compress(f"BT /F1 10 Tf 40 760 Td {rows}ET".encode() if text else b"")
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream")
        fonts = "/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {fonts} /Contents {len(objects)} 0 R >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects.append(f"<< /Title ({title}) /CreationDate (D:20250210120000Z) >>".encode())
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(body)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, size - 1, start)
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def test_a_pdf_is_read() -> None:
    pytest.importorskip("pypdf")
    found = read(pdf_of(["\n".join(SENTENCES)]), published=dt.date(2025, 2, 10), name="report.pdf")
    assert found.source.kind == "pdf"
    assert found.title == "Chips and the law"
    assert "zhipu" in found.keys("company")
    assert all(found.source.text[m.start : m.end] == m.surface for m in found.mentions)


def test_a_pdf_of_pictures_says_so() -> None:
    pytest.importorskip("pypdf")
    with pytest.raises(InputFaults, match="without a text layer"):
        load_source(pdf_of(["", ""]), name="scan.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"%PDF-1.4\n1 0 obj\n<<", b"%PDF-1.4\n" + b"[" * 5000])
def test_a_broken_pdf_ends_in_a_message(data: bytes) -> None:
    with pytest.raises(InputFaults):
        load_source(data, name="broken.pdf")


def test_a_pdf_of_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdf")
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(LimitExceeded, match="2 pages"):
        load_source(pdf_of(["one page of words here", "another page of words"]), name="long.pdf")


MARKDOWN = f"""---
title: "Chips and the law"
date: 2025-02-10
---
# Chips **and** the law

> {SENTENCES[0]}

- [{SENTENCES[1]}](https://example.org/a)
![a picture](x.png)

{SENTENCES[2].replace("Entity List", "**Entity List**")}
"""


def test_markdown_is_read() -> None:
    found = read(MARKDOWN, name="note.md")
    assert found.source.kind == "markdown"
    assert found.title == "Chips and the law"
    assert found.dating.interval.earliest == dt.date(2025, 2, 10)
    assert not any(mark in found.text for mark in ("**", "](", "![", "> "))
    assert "entity_list" in found.keys("instrument")


def test_markdown_is_told_by_its_name_or_front_matter() -> None:
    assert load_source("# Heading\n\nSome plain words here.", name="a.md").kind == "markdown"
    assert load_source("# Heading\n\nSome plain words here.", name="a.txt").kind == "text"
    assert load_source(MARKDOWN).kind == "markdown"


@pytest.fixture(scope="module")
def hostile() -> Dossier:
    text = (
        f"{HOSTILE}\n"
        + "\n".join(SENTENCES)
        + f"\nNvidia said {HOSTILE} about the H20, which is not subject to export controls."
    )
    return read_article(text, published=dt.date(2025, 2, 10))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_html_runs_nothing(hostile: Dossier, language: str) -> None:
    page = html_page(article_page(hostile, Words(language)), HOSTILE, language)  # type: ignore[arg-type]
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src &#x27;none&#x27;" in page
    assert page.startswith("<!doctype html>")
    assert "@media print" in page


def test_markdown_escapes_what_an_article_says(hostile: Dossier) -> None:
    page = markdown_page(article_page(hostile, Words("en")))
    assert "<script" not in page
    assert "&lt;script" in page
    assert "\\[x\\](javascript" in page
    blocks: list[Block] = [
        Panel("# a|b", (line("- *x*"),)),
        Grid("t", ("h|i",), ((line("c|d"),),)),
        Lines("l", (line(Piece("1. y")),)),
    ]
    assert markdown_page(blocks).count("\\|") == 3


def test_a_report_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tidewaiter.faces.cli.articles import show_article
    from tidewaiter.faces.cli.running import Screen

    article = tmp_path / "a.txt"
    article.write_text("\n".join(SENTENCES), encoding="utf-8")
    for ending in ("html", "md", "json"):
        show_article(str(article), "2025-02-10", Screen.of("zh", as_json=False), str(tmp_path / f"out.{ending}"))
        assert (tmp_path / f"out.{ending}").stat().st_size > 500
    assert capsys.readouterr().out == ""
    with pytest.raises(InputFaults, match="no ending known"):
        show_article(str(article), None, Screen.of("en", as_json=False), str(tmp_path / "out.docx"))
