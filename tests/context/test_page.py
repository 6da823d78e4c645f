"""The page of figures: every series with its figures, date and source, and staff's changes on it."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from eligibility.context.presentation import TOPICS, topics
from eligibility.pictures.columns import HEIGHT, Column, columns
from eligibility.wizard import clock
from programs import store
from programs.checks.documents import check_document, names_of
from programs.models import Change, FigureRow, Figures
from programs.packs.from_database import read_document
from programs.packs.schema import PACK
from programs.packs.schema import Figures as Document
from programs.packs.schema.figures import Topic
from programs.packs.seed import unit_groups
from programs.packs.to_database import to_database
from programs.rulebook import build
from tests.seeded import seeded_rulebook
from tests.wizard.visitor import TODAY, text_of

CAP: dict[str, Any] = {
    "kind": "figures",
    "id": "made-up",
    "authority": "federal",
    "topic": "h1b_cap",
    "title": {"en": "Made-up places", "fr": "Places inventées"},
    "unit": "places",
    "effective_from": dt.date(2026, 1, 1),
    "effective_to": dt.date(2026, 12, 31),
    "source": "https://example.org/places",
    "as_of": "2026-06",
    "confidence": "single",
    "rows": [
        {"label": "2025", "value": 65000},
        {"label": "2026", "value": 2.5, "confidence": "memory", "note": "About.", "occupations": ["21231"]},
    ],
}


def document(**changes: Any) -> Document:
    made = PACK.validate_python(CAP | changes)
    assert isinstance(made, Document)
    return made


@pytest.fixture
def mei(db: Any) -> User:
    """Keeps the rules."""
    return User.objects.create_superuser("mei", password="a-password-for-tests")


@pytest.fixture
def stored(db: Any, monkeypatch: pytest.MonkeyPatch) -> Figures:
    """The made-up series, in the database and in force."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    to_database([document()])
    store.forget()
    return Figures.objects.get()


def test_every_topic_has_a_heading_and_the_rules_have_figures_for_it() -> None:
    assert set(TOPICS) == set(Topic.__args__)  # type: ignore[attr-defined]
    found = topics(seeded_rulebook(), TODAY, "en")
    assert [topic.key for topic in found] == list(TOPICS)
    assert all(series.citation.source and series.citation.as_of for topic in found for series in topic.series)


def test_what_the_model_offers_is_what_the_schema_takes() -> None:
    assert set(Figures.Topic.values) == set(Topic.__args__)  # type: ignore[attr-defined]


def test_figures_are_shown_in_their_period_only() -> None:
    book = build([document()], [], "made up")
    assert [topic.key for topic in topics(book, dt.date(2026, 12, 31), "en")] == ["h1b_cap"]
    assert topics(book, dt.date(2027, 1, 1), "en") == ()


def test_a_low_confidence_is_told_of_the_series_and_of_the_figure() -> None:
    series = topics(build([document()], [], "made up"), TODAY, "en")[0].series[0]
    assert series.citation.is_to_be_checked
    assert [row.check for row in series.rows] == ["", "Not confirmed on an official page."]
    assert series.checks == ("2026: Not confirmed on an official page.",)


def test_years_with_room_are_drawn_as_columns_and_other_series_as_bars() -> None:
    series = topics(build([document()], [], "made up"), TODAY, "en")[0].series[0]
    assert 'role="img"' in series.chart
    assert "2025 65,000, 2026 2.5" in series.chart
    many = [{"label": f"{2000 + year}", "value": 400000 + year} for year in range(9)]
    years = [{"label": f"Fiscal year {2015 + year}", "value": year} for year in range(11)]
    drawn = topics(build([document(rows=years)], [], "made up"), TODAY, "en")[0].series[0].chart
    assert ">’15<" in drawn
    crowded = topics(build([document(rows=many)], [], "made up"), TODAY, "en")[0].series[0]
    assert (crowded.chart, crowded.has_bars) == ("", True)


def test_columns_stand_as_high_as_their_figures() -> None:
    series = (Column("2025", 50, "50"), Column("2026", 100, "100"))
    drawn = columns(key="k", title="T", description="D", series=series)
    assert f'height="{HEIGHT / 2}"' in drawn
    assert f'height="{HEIGHT:.1f}"' in drawn


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rows": [{"label": "2025"}]}, "bars need figures"),
        ({"rows": [{"label": "2025", "value": -1}]}, "below nought"),
        ({"effective_to": dt.date(2025, 1, 1)}, "before"),
    ],
)
def test_figures_that_cannot_be_shown_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        document(**changes)


def test_a_check_finds_a_label_that_stands_twice_and_a_code_that_is_none() -> None:
    rows = [{"label": "2025", "value": 1, "occupations": ["99999"]}, {"label": "2025", "value": 2}]
    made = document(rows=rows)
    said = [problem.message for problem in check_document(made, names_of([made], unit_groups()))]
    assert any("stands here twice" in one for one in said)
    assert any("99999" in one for one in said)


def test_what_is_stored_comes_back_as_it_was(stored: Figures) -> None:
    assert read_document("figures", "made-up") == document()


def test_what_staff_change_is_on_the_page_and_on_record(stored: Figures, mei: User, client: Client) -> None:
    client.force_login(mei)
    assert "65,000" in text_of(client.get("/context/"))
    rows = list(stored.rows.all())
    form: dict[str, Any] = {
        name: getattr(stored, name) or ""
        for name in ("authority", "topic", "position", "title_en", "title_fr", "unit_en", "unit_fr", "shown_as")
    }
    form |= {"note_en": "", "note_fr": "", "source": stored.source_id, "provision": "", "as_of": "2026-07"}
    form |= {"confidence": "confirmed", "caution_en": "", "caution_fr": "", "position": "0"}
    form |= {"effective_from": "2026-01-01", "effective_to": "", "rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "2"}
    for index, row in enumerate(rows):
        kept = {"id": row.pk, "figures": stored.pk, "position": row.position, "label_en": row.label_en}
        kept |= {"label_fr": "", "value": 70000, "note_en": "", "note_fr": "", "occupations": "", "confidence": ""}
        form |= {f"rows-{index}-{name}": value for name, value in (kept | {"source": ""}).items()}
    response = client.post(f"/staff/programs/figures/{stored.pk}/change/", form)
    assert response.status_code == 302, text_of(response)[:2000]
    store.forget()
    page = text_of(client.get("/context/"))
    assert "70,000" in page
    assert "July 2026" in page
    assert Change.objects.filter(subject_kind__in=[FigureRow._meta.model_name, Figures._meta.model_name]).exists()


def test_without_figures_the_page_says_so(db: Any, client: Client) -> None:
    store.forget()
    assert "No figures are loaded for this day." in text_of(client.get("/context/"))
