"""Bytes in, text out: encodings, HTML, limits."""

import pytest

from tidewaiter.base.errors import InputFaults, LimitExceeded
from tidewaiter.reading import markup, source
from tidewaiter.reading.reader import read
from tidewaiter.reading.samples import sample_article
from tidewaiter.reading.source import MAX_BYTES, MAX_CHARACTERS, MAX_LINES, load_source

__all__: list[str] = []

SIMPLIFIED = "美国商务部把这家公司列入实体清单，芯片出口因此受到限制。业内人士认为影响有限，“但要看后续政策”。"
TRADITIONAL = "美國商務部把這家公司列入實體清單，晶片出口因此受到限制。業內人士認為影響有限，「但要看後續政策」。"


@pytest.mark.parametrize(
    ("text", "codec", "expected"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (TRADITIONAL, "utf-32", "utf-32-le"),
        ("The rules of “October” 2023 – as amended – cover it. " * 4, "cp1252", "cp1252"),
        ("A plain English page without any mark at all.", "utf-16-le", "utf-16-le"),
        ("A plain English page without any mark at all.", "utf-16-be", "utf-16-be"),
    ],
)
def test_encodings_are_told(text: str, codec: str, expected: str) -> None:
    loaded = load_source(text.encode(codec))
    assert loaded.text == text
    assert loaded.encoding == expected


def test_a_declared_encoding_is_used() -> None:
    page = f'<html><head><meta charset="big5"></head><body><p>{TRADITIONAL}</p></body></html>'
    loaded = load_source(page.encode("big5"))
    assert (loaded.text, loaded.known_by) == (TRADITIONAL, "declared")
    assert load_source(SIMPLIFIED.encode("gbk"), encoding="GBK").known_by == "declared"


def test_a_false_or_unknown_declaration_does_not_stop_reading() -> None:
    for declared in ("ascii", "no-such-codec", "rot13", "utf-8\x00"):
        assert load_source(SIMPLIFIED.encode("gb18030"), encoding=declared).text == SIMPLIFIED


def test_text_cut_within_a_character_is_read() -> None:
    assert load_source(SIMPLIFIED.encode()[:-4]).text == SIMPLIFIED[:-2]


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...", b"PK\x03\x04rest", b"\x89PNG\r\n\x1a\n", b"\x7fELF\x02", b"\x1f\x8b\x08",
        b"MZ\x90\x00\x03\x00\x00\x00",
        bytes(range(256)) * 20, b"text with a NUL \x00 in it", b"text with \x00",
    ],
)  # fmt: skip
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(InputFaults) as caught:
        load_source(data, name="upload")
    assert caught.value.faults[0].where == "upload"
    assert caught.value.faults[0].remedy


@pytest.mark.parametrize(
    "data", [b"", b"  \n\n", "…。", "\u200b\ufeff", "<html><body><script>x=1</script></body></html>"]
)
def test_empty_is_refused(data: bytes | str) -> None:
    with pytest.raises(InputFaults, match="holds no text"):
        load_source(data)


def test_half_characters_are_refused() -> None:
    with pytest.raises(InputFaults, match="surrogates"):
        load_source("broken \ud800 text")


def test_a_large_page_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="at most"):
        read(b"a" * 50_000_000)
    with pytest.raises(LimitExceeded):
        load_source("芯" * (MAX_BYTES // 3 + 1))
    with pytest.raises(LimitExceeded, match="characters of text"):
        load_source("a" * (MAX_CHARACTERS + 1))
    with pytest.raises(LimitExceeded, match="lines"):
        load_source("a\n" * (MAX_LINES + 1))


# -- HTML --------------------------------------------------------------------------------------------------------------


def test_scripts_styles_hidden_parts_and_handlers_leave_no_trace() -> None:
    page = """<!doctype html><html><body onload="evil('H200')"><script>var a = "H200 </p>";</script>
    <style>p:after{content:"H200"}</style><!-- H200 <p> --><template><p>H200</p></template><p hidden>H200</p>
    <p style="display : none">H200</p><nav>H200</nav><noscript>H200</noscript><button>H200</button>
    <p onclick="H200()" title="H200">The <b>H20</b>&nbsp;is&#32;sold&hellip;</p></body></html>"""
    assert load_source(page).text == "The H20 is sold…"


def test_paragraphs_keep_apart_and_inline_elements_do_not() -> None:
    page = "<html><body><div>one <i>two</i> three</div><p>four<br>five<p>six<ul><li>seven<li>eight</ul></body>"
    assert load_source(page).text.split("\n\n") == ["one two three", "four", "five", "six", "seven", "eight"]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>The chip <b>rule</p> holds</b></div></p></table> still.",
        "<html><body><p>The chip rule holds still.<div class='a",
        "<html><body><p>The chip rule holds still.<!-- never closed",
        "<html><body><p>The chip rule holds still.<script>never closed",
        "<html><p>The chip rule holds still.</p><a href='x",
        "<html><body></body></body></html></html><p>The chip rule holds still.",
        "<html><body><![CDATA[x]]><?php echo 1 ?><p>The chip rule holds still.",
        "<html><body><p>The chip rule holds still.</p></p></p>" + "</div>" * 5000,
        "<html><body>" + "<p>The chip rule holds still." * 3000,
        "<html><body>" + "<li>The chip rule holds still." * 3000,
    ],
)
def test_broken_html_is_read(page: str) -> None:
    text = " ".join(load_source(page).text.split())
    assert "The chip rule holds" in text
    assert "still." in text


def test_deep_nesting_is_refused() -> None:
    page = "<html><body>" + "<div>" * 10_000 + "The rule." + "</div>" * 10_000
    with pytest.raises(LimitExceeded, match="deep"):
        load_source(page)
    assert load_source("<html>" + "<div>" * 900 + "The rule.").text == "The rule."


@pytest.mark.parametrize(
    "hostile",
    [
        "<a " * 600_000,
        "<!--" * 200_000,
        "<script>" * 200_000,
        "&" * 500_000 + "amp;",
        "<a href='" + "x" * 3_000_000,
        '<img src="data:image/png;base64,' + "A" * 3_000_000 + '">',
        "<" * 300_000,
        "<a" + " b=c" * 300_000 + ">",
        "</p>" * 300_000,
    ],
)
def test_hostile_markup_ends(hostile: str) -> None:
    """The length of the work is bounded: it is read or refused, and neither takes long (the suite would hang)."""
    try:
        loaded = load_source(f"<html><body><p>The rule holds.</p>{hostile}", cross_check=False)
    except LimitExceeded:
        return
    assert "The rule holds." in loaded.text


def test_a_slow_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_SECONDS", -1.0)
    with pytest.raises(LimitExceeded, match="to read"):
        load_source("<html><body><p>The rule.</p></body></html>")


def test_titles_and_dates_of_the_metadata() -> None:
    page = """<html><head><title>Chips and rules - The Gazette</title>
    <meta property="article:published_time" content="2025-01-28T09:30:00+08:00">
    <meta property="article:modified_time" content="2025-02-03"><meta name="pubdate" content="">
    <script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-01-27T23:00:00Z"}</script>
    </head><body><h1>Chips &amp; rules</h1><time datetime="2025-01-28">28 January</time><p>Text.</p></body></html>"""
    loaded = load_source(page)
    assert loaded.titles[:2] == ("Chips & rules", "Chips and rules")
    assert [each.text for each in loaded.published] == ["2025-01-28T09:30:00+08:00", "2025-01-27T23:00:00Z"]
    assert [each.text for each in loaded.modified] == ["2025-02-03"]
    assert [(each.text, each.line) for each in loaded.times] == [("2025-01-28", 1)]


def test_plain_text_that_speaks_of_tags_stays_plain() -> None:
    text = "The <p> element and the <div> element hold text; a < b."
    assert load_source(text).kind == "text"
    assert load_source(text).text == text


def test_the_article_is_the_same_without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    name, data = sample_article("en")
    with_vote = read(data, name=name)
    monkeypatch.setattr(source, "_main_lines", lambda html: frozenset())
    assert read(data, name=name).article == with_vote.article
