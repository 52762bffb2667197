"""Every kind of question names only terms and options that exist, and says in words who knows a fact."""

from __future__ import annotations

import pytest

from tidewaiter.base.yaml import load_yaml
from tidewaiter.determine.options import option_fact
from tidewaiter.determine.specification import Specification, specification
from tidewaiter.faces.composition import decider

LAW = decider().law
ITEM = "item"
_GROUPS = ("classification", "requirements", "exceptions", "review")
_NOTES = ("obligations", "red_flags", "notes")


@pytest.mark.parametrize("name", sorted(LAW.questions))
def test_a_question_names_only_what_exists(name: str) -> None:
    spec: Specification = specification(LAW, name)
    known = {*LAW.vocabulary.facts, *LAW.vocabulary.decided}
    groups = (*_GROUPS, *_NOTES)
    listed = [each for group in groups for each in getattr(spec, group)]
    terms = [spec.outcome, *(each.term for each in listed), *(term for each in listed for term in each.conditions)]
    assert [term for term in terms if term not in known] == []
    assert [path for path in spec.options.values() if option_fact(path, LAW.vocabulary) is None] == []
    assert [option for option in spec.opens if option != ITEM and option not in spec.options] == []
    assert spec.opens


@pytest.mark.parametrize("name", sorted(LAW.questions))
def test_every_outcome_of_the_term_has_words_and_an_exit(name: str) -> None:
    spec = specification(LAW, name)
    codes = LAW.vocabulary.domains[LAW.vocabulary.decided[spec.outcome].domain].codes
    assert [code for code in codes if code not in {word.code for word in spec.outcomes}] == []
    assert {word.exit for word in spec.outcomes} <= {"clear", "restriction", "undetermined"}
    assert spec.outcomes[-1].exit == "undetermined"
    assert all(word.title.en and word.title.zh for word in spec.outcomes)


def test_who_knows_is_said_in_both_languages() -> None:
    from importlib import resources

    text = resources.files("tidewaiter.faces").joinpath("data", "who.yaml").read_text(encoding="utf-8")
    said = load_yaml(text, "who.yaml")
    asked = {fact.who for fact in LAW.vocabulary.facts.values() if fact.who}
    assert sorted(asked - set(said)) == []


def test_every_fact_is_asked_for_in_both_languages() -> None:
    bare = [f.term for f in LAW.vocabulary.facts.values() if not (f.title.en and f.title.zh and f.ask.en and f.ask.zh)]
    assert bare == []
