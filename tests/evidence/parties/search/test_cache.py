"""The cache file of prepared names: the same answers, and a damaged or foreign file is rebuilt and said so."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evidence.parties.search.books import book

from tidewaiter.evidence.parties.search import PartyIndex, StaleCache

__all__: list[str] = []

QUERIES = ("Tengyao", "腾曜半导体", "Red Herron Trading", "NILM", "Orlenko", "Quasar", "nobody at all")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cache") / "names.columns"
    PartyIndex.build(book()).save(path)
    return path


def test_a_loaded_index_answers_the_same(kept: Path) -> None:
    built, loaded = PartyIndex.build(book()), PartyIndex.load(book(), kept)
    for query in QUERIES:
        assert loaded.search(query) == built.search(query)
    assert len(loaded) == len(built) > 30


def test_saving_twice_gives_the_same_bytes(kept: Path, tmp_path: Path) -> None:
    PartyIndex.load(book(), kept).save(tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == kept.read_bytes()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data: data[: len(data) // 2], "damaged or cut short"),
        (lambda data: data[:-1], "damaged or cut short"),
        (lambda data: data[:5000] + b"?" + data[5001:], "damaged or cut short"),
        (lambda data: b"", "not a file of columns"),
        (lambda data: b"PK\x03\x04" + data, "not a file of columns"),
        (lambda data: b"\x80\x04cos\nsystem\n.", "not a file of columns"),
    ],
)
def test_a_damaged_file_is_rebuilt_and_said(kept: Path, tmp_path: Path, damage: object, reason: str) -> None:
    path = tmp_path / "names.columns"
    path.write_bytes(damage(kept.read_bytes()))  # type: ignore[operator]
    with pytest.raises(StaleCache, match=reason):
        PartyIndex.load(book(), path)
    index = PartyIndex.open(book(), path)
    assert reason in index.note
    assert index.search("Tengyao")
    assert PartyIndex.open(book(), path).note == ""


def test_a_file_with_a_right_digest_but_wrong_columns_is_refused(kept: Path, tmp_path: Path) -> None:
    from hashlib import sha256

    data = kept.read_bytes()
    magic = data.index(b"\n") + 1
    for old, new in ((b'"rows.starts"', b'"rows.startz"'), (b'"columns": [', b'"columns": 1['), (b'"text"', b'"Q"   ')):
        body = data[magic + 32 :].replace(old, new, 1)
        path = tmp_path / "forged"
        path.write_bytes(data[:magic] + sha256(body).digest() + body)
        with pytest.raises(StaleCache):
            PartyIndex.load(book(), path)


def test_a_file_of_other_lists_is_refused(kept: Path) -> None:
    with pytest.raises(StaleCache, match="other lists"):
        PartyIndex.load(book(digest="another"), kept)


def test_an_absent_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "names.columns"
    assert "cannot be read" in PartyIndex.open(book(), path).note
    assert path.exists()
    assert not [each for each in path.parent.iterdir() if each != path]


def test_a_folder_that_cannot_be_written_costs_only_the_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = PartyIndex.open(book(), tmp_path / "file" / "names.columns")
    assert "could not be kept" in index.note
    assert index.search("Tengyao")
