"""Finding an occupation by a job title, over every title there is."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.occupations.titles import MOST_RESULTS, TitleIndex, TitleRow
from tests.occupations.titles import title_index, title_rows

with (Path(__file__).parent / "gold_searches.csv").open(encoding="utf-8", newline="") as file:
    GOLD = [
        pytest.param(row["typed"], row["language"], row["codes"].split(), int(row["within"]), id=row["typed"])
        for row in csv.DictReader(file)
    ]
# An everyday title may lead to more groups than three; the first three are what one sees.
SHOWN_FIRST = [row for row in title_rows() if (row.rank or 1) <= 3]
WORDS = sorted({word for row in title_rows()[::40] for word in row.title.split()})


def test_the_gold_set_is_large() -> None:
    assert len(GOLD) >= 120
    assert sum(language == "fr" for _typed, language, *_rest in (case.values for case in GOLD)) >= 20


@pytest.mark.parametrize(("typed", "language", "codes", "within"), GOLD)
def test_what_people_type_leads_to_the_occupation_they_mean(
    typed: str, language: str, codes: list[str], within: int
) -> None:
    found = [hit.code for hit in title_index().search(typed, language)]
    assert set(found[:within]) & set(codes), found


@settings(max_examples=300)
@given(st.sampled_from(SHOWN_FIRST))
def test_every_title_finds_its_own_occupation(row: TitleRow) -> None:
    assert row.code in [hit.code for hit in title_index().search(row.title, row.language)[:3]]


@settings(max_examples=100)
@given(st.sampled_from(SHOWN_FIRST), st.randoms(use_true_random=False))
def test_the_order_of_words_and_capitals_hardly_matter(row: TitleRow, random: object) -> None:
    words = row.title.upper().split()
    random.shuffle(words)  # type: ignore[attr-defined]
    assert row.code in [hit.code for hit in title_index().search(" ".join(words), row.language)]


@settings(max_examples=200)
@given(
    st.text(max_size=300) | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.sampled_from(["en", "fr", ""]),
)
def test_no_text_breaks_the_search(typed: str, language: str) -> None:
    found = title_index().search(typed, language)
    assert len(found) <= MOST_RESULTS
    assert len({hit.code for hit in found}) == len(found)
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


@pytest.mark.parametrize("typed", ["", "   ", "zzzzzzzz", "!!", "the of and", "....", "\x00"])
def test_nothing_is_found_where_nothing_was_meant(typed: str) -> None:
    assert title_index().search(typed) == []


def test_an_empty_index_finds_nothing() -> None:
    assert TitleIndex([]).search("nurse") == []


def test_a_word_stands_for_what_staff_say_it_does() -> None:
    rows = [TitleRow("Registered nurse", "en", "31301"), TitleRow("Welder", "en", "72106")]
    assert TitleIndex(rows).search("qz") == []
    found = TitleIndex(rows, [("QZ", "registered nurse")]).search("qz")
    assert [hit.code for hit in found] == ["31301"]


def test_a_title_without_a_level_names_what_was_found() -> None:
    hits = title_index().search("sr sofware eng")
    assert (hits[0].code, hits[0].matched) == ("21231", "Software engineer")
