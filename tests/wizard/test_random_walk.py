"""Whatever is sent, in whatever order: no page fails, and a valid answer that is stored is never lost."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.answers.document import Answers
from eligibility.wizard import routing
from eligibility.wizard.forms import ITEM_FORMS, PAGE_FORMS
from tests.wizard.visitor import (
    DEGREE,
    H1B_DATES,
    IELTS,
    JOB,
    MARRIED,
    MONEY,
    NOTHING_IN_CANADA,
    OFFER,
    PARTNER_IN_CANADA,
    SITUATION,
    US_JOB,
    YOU,
    Visitor,
)

pytestmark = pytest.mark.database

VALID: dict[str, dict[str, Any]] = {
    "h1b": SITUATION,
    "h1b-dates": H1B_DATES,
    "us-job": US_JOB,
    "you": YOU,
    "family": MARRIED,
    "work": JOB,
    "education": DEGREE,
    "language": IELTS,
    "canada": NOTHING_IN_CANADA | dict.fromkeys(("job_offer", "nomination", "papers", "partner_in_canada"), "yes"),
    "job-offer": OFFER,
    "employer": {"region": "on_northern", "designated_for": ["rcip"]},
    "partner-canada": PARTNER_IN_CANADA,
    "papers": {"licensed": ["ON"], "invitations": ["none"]},
    "money": MONEY,
}
TYPED = """yes no unknown CA US married laid_off_in_grace 7 8.5 2025 11 -1 on 1e999 NaN ٣ 21231 tef_canada ielts_gt
estimate-en 699 masters none é unsure ON"""
VALUES = st.one_of(st.sampled_from(["", "\x00", *TYPED.split()]), st.text(max_size=12))


def names_of(slug: str) -> list[str]:
    form = PAGE_FORMS.get(slug) or ITEM_FORMS.get(slug)
    fields = list(form.base_fields) if form else ["any"]
    return [*fields, *(f"{name}{end}" for name in fields for end in ("_day", "_month", "_year", "_unknown"))]


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, str, dict[str, Any]]:
    """A page, how it is sent, and what is typed: now valid, now spoiled, now anything."""
    slug = draw(st.sampled_from([page.slug for page in routing.PAGES if page.kind in {"form", "list"}]))
    spoiled = draw(st.dictionaries(st.sampled_from([*names_of(slug), "shown", "return"]), VALUES, max_size=4))
    typed = {**(VALID.get(slug, {}) if draw(st.booleans()) else {}), **spoiled}
    place = draw(st.sampled_from(["", "/add", "/1", "/2", "/1/remove"])) if slug in ITEM_FORMS else ""
    return slug, place, typed


def valid_answers(answers: Answers) -> dict[str, Any]:
    """Everything stored that is valid: pages by name, things of lists by list and id."""
    kept: dict[str, Any] = {slug: saved.answer for slug, saved in answers.pages.items() if saved.answer is not None}
    for slug, items in answers.lists.items():
        kept |= {f"{slug}/{item.id}": item.answer for item in items if item.answer is not None}
    return kept


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(steps(), min_size=1, max_size=8))
def test_a_random_walk_never_fails_and_never_loses_a_valid_answer(
    db: None, walk: list[tuple[str, str, dict[str, Any]]]
) -> None:
    visitor = Visitor(Client())
    for slug, place, typed in walk:
        before = valid_answers(visitor.answers)
        response = visitor.client.post(visitor.url(slug + place), {**typed, "token": f"{slug}{place}"})
        assert response.status_code in {302, 404}, (slug, place, typed)
        after = valid_answers(visitor.answers)
        lost = set(before) - set(after)
        assert lost <= ({f"{slug}/1"} if place == "/1/remove" else set())
        touched = {key for key in after if key in before and after[key] != before[key]}
        assert all(key == slug or key.startswith(f"{slug}/") for key in touched)
        for seen in (slug, "check"):
            assert visitor.client.get(visitor.url(seen)).status_code == 200
    assert visitor.profile["as_of"]
