"""The page of plans: a goal in the address, plans in order, one of them kept and let go again."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.answers import store
from eligibility.planning.chosen import ChosenPlan, chosen
from eligibility.plans import views
from eligibility.wizard import clock
from tests.profiles import demo_profile
from tests.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

CARD = re.compile(r'<li class="nb-plan.*?</form>|<li class="nb-plan.*?</li>', re.DOTALL)


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    """The secret of Asha, one of the demo people."""
    profile = demo_profile("asha-software-engineer")
    monkeypatch.setattr(clock, "today", lambda: profile.as_of)
    monkeypatch.setattr(views, "to_profile", lambda answers, today: profile)
    return store.start()


def page(client: Client, secret: str, asked: str = "") -> str:
    response = client.get(reverse("eligibility:plan", args=[secret]) + asked)
    assert response.status_code == 200
    return response.content.decode()


def titles(markup: str) -> list[str]:
    """The plans, in their order."""
    return [words(one) for one in re.findall(r'<h3 class="nb-plan__title">(.*?)</h3>', markup, re.DOTALL)]


def kept(secret: str) -> ChosenPlan | None:
    return chosen(store.visit(secret).beside)


def test_the_first_visit_proposes_a_goal_and_shows_what_reaches_it(client: Client, secret: str) -> None:
    markup = page(client, secret)
    assert "checked" in markup
    assert titles(markup)
    said = words(markup)
    assert "Comprehensive Ranking System (CRS)" in said
    for figure in ("Work", "Cost", "How sure", "Earliest", "Alone:", "estimate"):
        assert figure in said


def test_the_least_work_comes_first(client: Client, secret: str) -> None:
    markup = page(client, secret, "?goal=points&points=530")
    weeks = [int(found) for found in re.findall(r"<dt>Work</dt>\s*<dd>\s*(\d+) week", markup)]
    assert len(weeks) >= 2
    assert weeks == sorted(weeks)


def test_a_program_is_asked_for_and_its_requirements_are_named(client: Client, secret: str) -> None:
    markup = page(client, secret, "?goal=program&program=cec")
    assert "To qualify for Canadian Experience Class" in words(markup)
    assert "Work in Canada for one year in your occupation" in titles(markup)
    assert "Then met:" in words(markup)


def test_what_cannot_be_reached_is_said_with_what_comes_nearest(client: Client, secret: str) -> None:
    said = words(page(client, secret, "?goal=points&points=1200"))
    assert "No combination of up to 4" in said
    assert "What brings most, each by itself" in said
    assert "Find the combination that comes nearest" in said
    said = words(page(client, secret, "?goal=points&points=1200&nearest=1"))
    assert "points short" in said
    assert "Choose this plan" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?goal=points&points=", "Write how many points"),
        ("?goal=points&points=many", "Write a whole number of points from 1 to 1200"),
        ("?goal=points&points=0", "Write a whole number of points from 1 to 1200"),
        ("?goal=points&points=1201", "Write a whole number of points from 1 to 1200"),
        ("?goal=luck", "Choose one of these goals."),
        ("?goal=program", "Choose the program."),
        ("?goal=program&program=nowhere", "Choose the program from the list."),
    ],
)
def test_a_goal_that_cannot_be_read_says_what_would_be_right(
    client: Client, secret: str, asked: str, said: str
) -> None:
    markup = page(client, secret, asked)
    assert said in words(markup)
    assert titles(markup) == []


def test_a_plan_is_kept_and_let_go(client: Client, secret: str) -> None:
    address = reverse("eligibility:plan", args=[secret])
    markup = page(client, secret, "?goal=points&points=530")
    steps = re.findall(r'name="step" value="([^"]+)"', CARD.search(markup)[0])  # type: ignore[index]
    answer = client.post(address, {"goal": "crs:530", "step": steps})
    assert answer["Location"] == f"{address}?goal=points&points=530"
    plan = kept(secret)
    assert plan is not None
    assert (plan.goal, [step.id for step in plan.steps], plan.chosen_on) == ("crs:530", steps, clock.today())
    assert "This is your plan" in words(page(client, secret, "?goal=points&points=530"))
    client.post(address, {"goal": plan.goal, "let_go": "1"})
    assert kept(secret) is None


@pytest.mark.parametrize(
    "sent",
    [
        {"goal": "luck", "step": ["eca"]},
        {"goal": f"crs:{'9' * 5000}", "step": ["eca"]},
        {"goal": "crs:530", "step": ["birth-date"]},
        {"goal": "crs:530"},
    ],
)
def test_what_this_person_is_not_offered_is_not_kept(client: Client, secret: str, sent: dict[str, object]) -> None:
    assert client.post(reverse("eligibility:plan", args=[secret]), sent).status_code == 302
    assert kept(secret) is None


def test_a_step_that_is_sent_twice_is_kept_once(client: Client, secret: str) -> None:
    client.post(reverse("eligibility:plan", args=[secret]), {"goal": "crs:530", "step": ["eca", "eca"]})
    plan = kept(secret)
    assert plan is not None
    assert [step.id for step in plan.steps] == ["eca"]
