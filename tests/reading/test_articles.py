"""Labelled articles: mentions found, and no claim decided that a careful reader would not decide so."""

import pytest
from tests.reading.labels import Labelled, articles, keys_wrong, mention_counts, unanswered, wrongly_decided

__all__: list[str] = []

PRECISION, RECALL, CLAIM_RECALL = 0.95, 0.9, 0.6
TYPES = [
    *("effective_date", "control_status", "listing", "requirement", "comparison", "cost_compute"),
    *("quantity", "event", "prediction"),
]
STATUSES = ["holds", "contradicted", "qualified", "allegation", "not_checkable", "borne_out", "not_so_far", "open"]


@pytest.mark.parametrize("article", articles(), ids=lambda each: each.name)
def test_labels_are_well_formed(article: Labelled) -> None:
    assert article.data["text"].strip()
    for label in article.data.get("claims") or ():
        assert label["type"] in TYPES
        statuses = [label["status"]] if isinstance(label["status"], str) else label["status"]
        assert set(statuses) <= set(STATUSES)


@pytest.mark.parametrize("article", articles(), ids=lambda each: each.name)
def test_nothing_is_decided_wrongly(article: Labelled) -> None:
    assert list(wrongly_decided(article)) == []


@pytest.mark.parametrize("article", articles(), ids=lambda each: each.name)
def test_the_date_overlaps_the_label(article: Labelled) -> None:
    stated = article.data.get("date")
    if stated:
        found = article.dossier().reading.dating.interval
        assert found.earliest is None or found.earliest <= stated[1]
        assert found.latest is None or found.latest >= stated[0]


@pytest.mark.parametrize("article", articles(), ids=lambda each: each.name)
def test_keys_agree(article: Labelled) -> None:
    assert list(keys_wrong(article)) == []


def test_mentions_over_all_articles() -> None:
    counts = [mention_counts(article) for article in articles()]
    right, found, expected = (sum(each) for each in zip(*(row[:3] for row in counts), strict=True))
    missing = sum(1 for row in counts for text in row[3] if text.startswith("missing"))
    told = [f"{article.name}: {text}" for article, row in zip(articles(), counts, strict=True) for text in row[3]]
    assert right >= PRECISION * found, "\n".join(told)
    assert expected - missing >= RECALL * expected, "\n".join(told)


def test_claims_over_all_articles() -> None:
    labels = sum(len(article.data.get("claims") or ()) for article in articles())
    open_ones = [text for article in articles() for text in unanswered(article)]
    assert labels - len(open_ones) >= CLAIM_RECALL * labels, "\n".join(open_ones)
