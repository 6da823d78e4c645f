"""A person at the questionnaire who does anything in any order: never a failure, and no answer is ever lost.

Beside the site, the test keeps what was acknowledged (a page that was left behind on sending it, a thing that came into
its list). After every step, exactly that is stored: for the person, and for each of their scenarios.
"""

import copy
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from eligibility.answers import scenarios as kept_scenarios
from eligibility.answers import store
from eligibility.answers.document import MOST_ITEMS, Answers
from eligibility.answers.to_profile import to_profile
from eligibility.occupations import search
from eligibility.occupations.titles import TitleIndex
from eligibility.wizard import clock
from eligibility.wizard.forms import GATES, ITEM_FORMS, PAGE_FORMS
from programs import store as rules_store
from programs.rulebook import Rulebook
from tests.fuzz.cases import cases, sent
from tests.fuzz.html_forms import forms_of
from tests.fuzz.values import STRANGE, several, values
from tests.wizard.test_random_walk import VALID
from tests.wizard.visitor import TODAY, day

pytestmark = pytest.mark.database

Key = tuple[str, int | None]
Model = dict[Key, dict[str, Any]]
Fields = dict[str, list[str]]

ALL_VALID: dict[str, list[dict[str, Any]]] = {slug: [typed] for slug, typed in VALID.items()} | {
    "children": [day("birth_date", "2019-02-03")],
    "relatives": [{"relation": "sibling", "status": "citizen", "province": "ON", "age_18_or_over": "yes"}],
    "money": [{"settlement_funds_cad": "40,000"}, {"settlement_funds_cad_unknown": "on"}],
    "in-canada": [{"status": "worker", "permit": "lmia", **day("permit_expires", "2027-12-31"), "province": "ON"}],
    "nomination": [{"province": "ON", "express_entry": "yes"}],
    "trade-certificate": [{"province": "AB", "noc": "72200"}],
}
for _slug in ("work", "education", "language"):
    ALL_VALID[f"partner-{_slug}"] = ALL_VALID[_slug]
ALL_VALID["partner-jobs"] = ALL_VALID["work"]
ALL_VALID["partner-h1b"] = [{"situation": "no_h1b"}, *ALL_VALID["h1b"]]
ALL_VALID["partner-us-job"] = [{"has_us_job": "no"}, {"has_us_job": "yes"} | ALL_VALID["us-job"][0]]
ALL_VALID["partner-papers"] = [
    {"us_permanent_resident": "no", "permanent_residences": ["none"], "licensed": ["ON"], "invitations": ["none"]}
]

PAGES = sorted(PAGE_FORMS)
LISTS = sorted(ITEM_FORMS)
WHOSE = st.sampled_from([None, None, None, 1, 2, 3, 4])
LOOKS = (
    "", "check", "keep", "delete", "clock", "results", "results/all", "results/fsw", "results/no-such", "what-if",
    "two-of-us", "since", "what-it-means", "what-if/1", "what-if/2/use", "what-if/3/remove", "what-if/1/check",
    "what-if/2/you", "work/code", "work/1/code", "work/1/duties", "job-offer/duties", "job-offer/code", "nothing",
    "what-if/999999999/check", "work/99999999999999999999", "partner-self/add", "what-if/1/results",
)  # fmt: skip


def names_of(slug: str) -> list[str]:
    """Every name that a page might know."""
    forms = [table[slug] for table in (PAGE_FORMS, ITEM_FORMS, GATES) if slug in table]
    fields = [name for form in forms for name in form.base_fields]
    ends = ("_day", "_month", "_year", "_unknown")
    return [*fields, *(f"{name}{end}" for name in fields for end in ends), "shown", "return", "find", "preview"]


@st.composite
def spoils(draw: st.DrawFn, slug: str) -> Fields:
    """What is sent beside or instead of what would be right: several of one name, or none."""
    name = st.one_of(st.sampled_from(names_of(slug)), st.sampled_from(names_of(slug)), values)
    return draw(st.dictionaries(name, several, max_size=4))


def stored(answers: Answers) -> dict[str, Any]:
    """Everything that is stored and valid: pages by name, things by list and id."""
    found: dict[str, Any] = {slug: saved.answer for slug, saved in answers.pages.items() if saved.answer is not None}
    for slug, items in answers.lists.items():
        found |= {f"{slug}/{item.id}": item.answer for item in items if item.answer is not None}
    return copy.deepcopy(found)


class Wizard(RuleBasedStateMachine):
    """One person, their scenarios, and what was acknowledged of both."""

    client: Client
    secret: str

    def __init__(self) -> None:
        super().__init__()
        self.model: dict[int | None, dict[str, Any]] = {}
        self.pages_open: list[tuple[str, Fields]] = []
        self.is_deleted = False

    # What the person does

    @initialize()
    def start(self) -> None:
        self.client = Client()
        response = self.client.post("/start/")
        self.secret = response["Location"].split("/")[2]
        self.model = {None: {}}

    @rule(data=st.data(), slug=st.sampled_from(PAGES), whose=WHOSE)
    def answer(self, data: st.DataObject, slug: str, whose: int | None) -> None:
        typed = dict(data.draw(st.sampled_from(ALL_VALID.get(slug, [{}]))))
        self.send(whose, slug, "", as_fields(typed))

    @rule(data=st.data(), slug=st.sampled_from([*PAGES, *LISTS]), whose=WHOSE, kind=st.sampled_from(["form", "parts"]))
    def answer_anything(self, data: st.DataObject, slug: str, whose: int | None, kind: str) -> None:
        typed = data.draw(st.sampled_from([*ALL_VALID.get(slug, []), {}, {"any": "yes"}, {"any": "no"}]))
        self.send(whose, slug, "", as_fields(typed) | data.draw(spoils(slug)), kind)

    @rule(
        data=st.data(),
        slug=st.sampled_from(LISTS),
        whose=WHOSE,
        place=st.sampled_from(["add", "add", "add", "1", "2", "3", "0", "77"]),
        is_spoiled=st.booleans(),
        token=st.sampled_from(["a", "b", "c", "", "d" * 50]),
    )
    def add_or_change(
        self, data: st.DataObject, slug: str, whose: int | None, place: str, is_spoiled: bool, token: str
    ) -> None:
        typed = as_fields(data.draw(st.sampled_from(ALL_VALID.get(slug, [{}])))) | {"token": [token]}
        self.send(whose, slug, place, typed | (data.draw(spoils(slug)) if is_spoiled else {}))

    @rule(slug=st.sampled_from(LISTS), whose=WHOSE, item=st.integers(0, 4))
    def remove(self, slug: str, whose: int | None, item: int) -> None:
        self.client.get(self.url(whose, f"{slug}/{item}/remove"))
        response = self.post(self.url(whose, f"{slug}/{item}/remove"), {})
        if response.status_code == 302:
            self.model[whose].pop(f"{slug}/{item}", None)
        self.compare()

    @rule(data=st.data(), slug=st.sampled_from([*PAGES, *LISTS]), whose=WHOSE)
    def open_a_tab(self, data: st.DataObject, slug: str, whose: int | None) -> None:
        place = data.draw(st.sampled_from(["", "/add", "/1"])) if slug in LISTS else ""
        address = self.url(whose, slug + place)
        response = self.look_at(address)
        for form in forms_of(response.content.decode()) if response.status_code == 200 else ():
            if form.method == "post":
                fields: Fields = {}
                for name, value in form.fields:
                    fields.setdefault(name, []).append(value)
                self.pages_open.append((f"{whose or ''}|{slug}|{place[1:]}", fields))

    @precondition(lambda self: self.pages_open)
    @rule(data=st.data())
    def send_an_open_tab(self, data: st.DataObject) -> None:
        where, fields = data.draw(st.sampled_from(self.pages_open))
        number, slug, place = where.split("|")
        self.send(int(number) if number else None, slug, place, fields | data.draw(spoils(slug)))

    @rule(where=st.sampled_from(LOOKS), asked=st.dictionaries(st.sampled_from(["code", "q", "return"]), values))
    def look(self, where: str, asked: dict[str, str]) -> None:
        self.look_at(self.url(None, where), asked)
        self.compare()

    @rule(slug=st.sampled_from(["work/1", "work/2", "job-offer", "partner-jobs/1", "you"]), noc=values, whose=WHOSE)
    def take_an_occupation(self, slug: str, noc: str, whose: int | None) -> None:
        before = self.seen()
        response = self.post(self.url(whose, f"{slug}/code"), {"noc": [noc]})
        after = self.seen()
        if response.status_code == 302 and after != before:
            # A complete job takes the occupation; nothing else of it changes.
            old, new = before[whose][slug], after[whose][slug]
            assert {key for key in new if new[key] != old.get(key)} <= {"noc", "job_title"}
            self.model[whose][slug] = new
        self.compare()

    @rule(name=values)
    def make_a_scenario(self, name: str) -> None:
        response = self.post(self.url(None, "what-if"), {"name": [name]})
        made = re.fullmatch(r".*/what-if/(\d+)/check/", response.headers.get("Location", ""))
        if made:
            self.model[int(made[1])] = copy.deepcopy(self.model[None])
        self.compare()

    @rule(number=st.integers(0, 4), name=values)
    def rename_a_scenario(self, number: int, name: str) -> None:
        self.post(self.url(None, f"what-if/{number}"), {"name": [name]})
        self.compare()

    @rule(number=st.integers(1, 4))
    def use_a_scenario(self, number: int) -> None:
        response = self.post(self.url(None, f"what-if/{number}/use"), {})
        assert (response.status_code == 302) == (number in self.model and not self.is_deleted)
        if response.status_code == 302:
            self.model[None], self.model[number] = self.model[number], self.model[None]
        self.compare()

    @rule(number=st.integers(1, 4))
    def remove_a_scenario(self, number: int) -> None:
        self.post(self.url(None, f"what-if/{number}/remove"), {})
        self.model.pop(number, None)
        self.compare()

    @rule()
    def take_as_seen(self) -> None:
        self.post(self.url(None, "since"), {})
        self.compare()

    @rule()
    def evaluate(self) -> None:
        if not self.is_deleted:
            for answers in (store.visit(self.secret), *kept_scenarios.scenarios(store.visit(self.secret))):
                assert to_profile(answers, TODAY).as_of == TODAY
            assert self.look_at(self.url(None, "results")).status_code == 200

    @rule(chance=st.integers(0, 7))
    def delete(self, chance: int) -> None:
        if chance == 0:
            self.post(self.url(None, "delete"), {})
            assert self.look_at(self.url(None, "check")).status_code == 404
            self.is_deleted = True
            self.model = {None: {}}

    # How it is sent, and what has to be so afterwards

    def url(self, whose: int | None, place: str) -> str:
        base = f"/a/{self.secret}/" if whose is None else f"/a/{self.secret}/what-if/{whose}/"
        return f"{base}{place}/" if place else base

    def look_at(self, address: str, asked: dict[str, str] | None = None) -> Any:
        sent["requests of the questionnaire"] += 1
        response = self.client.get(address, asked or {})
        assert response.status_code < 500, address
        return response

    def post(self, address: str, fields: Fields, kind: str = "form") -> Any:
        sent["requests of the questionnaire"] += 1
        if kind == "form":
            body = urlencode(fields, doseq=True)
            response = self.client.post(address, body, content_type="application/x-www-form-urlencoded")
        else:
            response = self.client.post(address, fields)
        assert response.status_code < 500, (address, fields)
        return response

    def seen(self) -> dict[int | None, dict[str, Any]]:
        if self.is_deleted:
            return {None: {}}
        answers = store.visit(self.secret)
        return {None: stored(answers)} | {one.number: stored(one) for one in kept_scenarios.scenarios(answers)}

    def compare(self) -> None:
        assert self.seen() == self.model

    def send(self, whose: int | None, slug: str, place: str, fields: Fields, kind: str = "form") -> None:
        """Send a page of questions; what may have changed is this one answer, and only if it was acknowledged."""
        address = self.url(whose, f"{slug}/{place}" if place else slug)
        response = self.post(address, fields, kind)
        if whose not in self.model or self.is_deleted:
            # 400: Django refuses a multipart form in which a field's name is longer than a header may be.
            assert response.status_code in (404, 400)
        elif response.status_code == 302:
            self.note(whose, slug, place, fields, response["Location"].split("#")[0].split("?")[0])
        else:
            assert response.status_code in (200, 404, 400)
        self.compare()

    def note(self, whose: int | None, slug: str, place: str, fields: Fields, leads_to: str) -> None:
        answers = store.visit(self.secret, whose)
        is_item = slug in LISTS and place
        if not is_item:
            key, saved, here = slug, answers.page(slug), self.url(whose, slug)
        else:
            token = (fields.get("token") or [""])[-1][:40]
            items = answers.items(slug)
            item = (
                answers.item(slug, int(place))
                if place != "add"
                else (answers.item_made_by(slug, token) or (items[-1] if items else None))
            )
            if item is None or len(items) >= MOST_ITEMS:
                return
            key, saved, here = f"{slug}/{item.id}", item, self.url(whose, f"{slug}/{item.id}")
        is_back = leads_to == here or leads_to.startswith((f"{here}code", f"{here}duties"))
        if not is_back:
            if saved.answer is not None:
                before = self.model[whose].get(key, {})
                assert all(saved.answer.get(name) is not None or name in saved.answer for name in before)
                self.model[whose][key] = copy.deepcopy(saved.answer)
            return
        self.is_shown_again(here, saved, fields)

    def is_shown_again(self, here: str, saved: Any, fields: Fields) -> None:
        """What was typed and could not be taken stands on the page again."""
        page = self.look_at(here)
        assert page.status_code == 200
        if saved.draft is None or "shown" in fields:
            return
        shown = {name: value for form in forms_of(page.content.decode()) for name, value in form.typed.items()}
        for name, value in shown.items():
            if name in saved.draft.typed and fields.get(name) and fields[name][-1] not in STRANGE:
                assert value == fields[name][-1][:300].replace("\r", ""), name


def as_fields(typed: dict[str, Any]) -> Fields:
    return {name: list(value) if isinstance(value, list) else [value] for name, value in typed.items()}


def test_whatever_a_person_does_nothing_fails_and_no_answer_is_lost(
    db: None, seeded: Rulebook, job_titles: TitleIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules_store, "current", lambda: seeded)
    monkeypatch.setattr(search, "current_index", lambda: job_titles)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    run_state_machine_as_test(Wizard, settings=cases(12, each=14, share=0.06, stateful_step_count=20))
