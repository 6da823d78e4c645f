"""Whatever people type, and staff write into rules, comes back as text: never as an element or an attribute."""

import html
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.wizard.forms import GATES, ITEM_FORMS, PAGE_FORMS
from programs import store
from programs.rulebook import Rulebook
from tests.wizard.visitor import JOB, Visitor, answer_as_asha

pytestmark = pytest.mark.django_db

TYPED = '"\'><x-typed onfocus="alert(1)"><script>alert(1)</script>'
DATE_PARTS = ("_day", "_month", "_year")


class _Watch(HTMLParser):
    """Notes elements and attributes that no template of the site writes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        is_inline = tag == "script" and "src" not in said and said.get("type") != "application/ld+json"
        if tag == "x-typed" or is_inline or any(name.startswith("on") for name in said):
            self.found.append(self.get_starttag_text() or tag)


def comes_back(response: Any) -> bool:
    """Whether what was typed stands on the page, after seeing that it stands there as text."""
    page = response.content.decode()
    watch = _Watch()
    watch.feed(page)
    assert watch.found == []
    return TYPED in html.unescape(page)


def typed_into(form: Any) -> dict[str, str]:
    """Every field of a form, with this in it."""
    names = [name for name in form.base_fields if name != "noc"]
    return dict.fromkeys([*names, *(name + part for name in names for part in DATE_PARTS)], TYPED)


def test_what_is_typed_into_the_questionnaire_comes_back_as_text(asha: Visitor) -> None:
    asha.send("family", marital_status="married", accompanying="yes", partner_canadian="no", has_children="yes")
    echoing = set()
    for slug, form in {**PAGE_FORMS, **GATES}.items():
        asha.client.post(asha.url(slug), typed_into(form))
        echoing |= {slug} if comes_back(asha.client.get(asha.url(slug))) else set()
    for slug, form in ITEM_FORMS.items():
        asha.client.post(asha.url(f"{slug}/add"), {**typed_into(form), "token": TYPED})
        echoing |= {f"{slug}/1"} if comes_back(asha.client.get(asha.url(f"{slug}/1"))) else set()
        comes_back(asha.client.get(asha.url(slug)))
    comes_back(asha.client.get(asha.url("check")))
    # Choices that were not offered are nowhere shown again; what is written in words or figures is.
    assert echoing >= {"us-job", "you", "partner-self", "job-offer", "money", "work/1", "education/1", "children/1"}


def test_what_is_kept_is_told_as_text_on_every_page_of_the_person(asha: Visitor) -> None:
    answer_as_asha(asha)
    asha.send("work/1", **{**JOB, "job_title": TYPED})
    asha.send("what-if", name=TYPED)
    asha.send("what-if/1/work/1", **{**JOB, "job_title": f"Other {TYPED}", "hours_per_week": "20"})
    places = ("check", "work", "work/1", "what-if", "what-if/1", "what-if/1/use", "what-if/1/remove", "what-if/1/check")
    assert {place for place in places if comes_back(asha.client.get(asha.url(place)))} == set(places)
    for place in ("results", "results/all", "timeline", "plan", "my-plan", "clock", "since", "what-if/1/results"):
        comes_back(asha.client.get(asha.url(place)))
    assert not comes_back(asha.client.get(asha.url("plan"), {"goal": TYPED, "program": TYPED}))
    assert comes_back(asha.client.get(asha.url("plan"), {"goal": "points", "points": TYPED}))


@pytest.mark.parametrize(
    ("name", "asked"),
    [("programs", "q"), ("programs", "noc"), ("occupations:index", "q"), ("occupations:from_us", "code")],
)
def test_what_is_searched_for_comes_back_as_text(public: Client, name: str, asked: str) -> None:
    comes_back(public.get(reverse(f"eligibility:{name}"), {asked: TYPED}))


def test_what_is_typed_into_the_public_forms_comes_back_as_text(public: Client) -> None:
    names = ("i94_expires", "days_abroad", "months_used", "child_birth_date")
    sent = dict.fromkeys([*names, *(name + part for name in names for part in DATE_PARTS)], TYPED)
    assert comes_back(public.post(reverse("eligibility:h1b_clock"), sent))
    assert comes_back(public.post(reverse("eligibility:case_status"), {"numbers": f"EAC{TYPED}2390012345"}))


def test_texts_of_rules_are_text(asha: Visitor, some_rules: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [
        type(one).model_validate(_with_more(one.model_dump(mode="json", by_alias=True))) for one in some_rules.documents
    ]
    hostile = Rulebook(documents, some_rules.occupations.values(), "hostile", some_rules.rounds)
    monkeypatch.setattr(store, "current", lambda: hostile)
    answer_as_asha(asha)
    asha.send("what-if", name="Other")
    asha.send("what-if/1/money", settlement_funds_cad="1")
    own = (
        "results",
        "results/all",
        "results/fsw",
        "timeline",
        "plan",
        "my-plan",
        "clock",
        "what-if",
        "h1b",
        "what-it-means",
    )
    addresses = [asha.url(place) for place in own]
    addresses += [reverse(f"eligibility:{name}") for name in ("programs", "rounds", "h1b_clock", "case_status")]
    addresses += [reverse("eligibility:program", args=["fsw"]), reverse("eligibility:points", args=["crs"])]
    told = [address for address in addresses if comes_back(asha.client.get(address))]
    assert len(told) > len(addresses) / 2


def _with_more(value: Any) -> Any:
    """The same rules, with this at the end of each of their texts."""
    if isinstance(value, list):
        return [_with_more(item) for item in value]
    if isinstance(value, dict) and isinstance(value.get("en"), str):
        return {**value, "en": f"{value['en']} {TYPED}"}
    return {key: _with_more(item) for key, item in value.items()} if isinstance(value, dict) else value
