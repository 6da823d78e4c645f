"""The staff's pages that evaluate people, as a browser gets them."""

import datetime as dt
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from eligibility.impact.people import demo_names, person
from eligibility.models import Application, Preview
from eligibility.staff.jobs import Worker
from programs.actions import PublishVersion
from programs.checks import registry
from programs.models import GridVersion, ProgramVersion
from tests.programs.conftest import person_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer(editor: User) -> Client:
    return signed_in(person_of("Viewer", "vera"))


def address(name: str, draft: Any, *more: Any) -> str:
    return reverse(f"admin:preview_{name}", args=[draft._meta.model_name, draft.pk, *more])


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_what_a_grid_changes_is_told_in_words(viewer: Client, grid_draft: GridVersion) -> None:
    page = text_of(viewer.get(address("draft", grid_draft)))
    assert "Brother or sister in Canada" in page
    assert "15 points" in page
    assert "30 points" in page
    assert page.count("Other points") == 1


def test_what_a_program_changes_is_told_in_words(viewer: Client, program_draft: ProgramVersion) -> None:
    response = viewer.get(address("draft", program_draft))
    told = [(str(change.how), change.before, change.after) for change in response.context["changes"]]
    assert [how for how, _before, _after in told] == ["No longer asked", "Changed"]
    assert told[1][2] == ("1 January 2027",)
    assert "No longer asked" in text_of(response)


def test_an_impact_is_asked_for_worked_on_and_shown(
    viewer: Client, editor: User, program_draft: ProgramVersion
) -> None:
    page = viewer.get(address("draft", program_draft))
    assert "Show the impact" not in text_of(page)
    assert viewer.post(address("ask", program_draft), {"size": "200"}).status_code == 403
    assert not Preview.objects.exists()
    answer = signed_in(editor).post(address("ask", program_draft), {"size": "200"})
    preview = Preview.objects.get()
    assert answer["Location"] == reverse("admin:preview_impact", args=[preview.pk])
    waiting = text_of(viewer.get(answer["Location"]))
    assert '<meta http-equiv="refresh"' in waiting
    assert "<progress" in waiting
    Preview.objects.update(size=20, people=20 + len(demo_names()))
    Worker().work()
    told = viewer.get(answer["Location"], {"format": "json"}).json()
    assert told == {"state": "done", "seen": 27, "people": 27, "over": True}
    done = text_of(viewer.get(answer["Location"]))
    assert "refresh" not in done
    assert "of 27 people" in done
    for program in viewer.get(answer["Location"]).context["impact"].programs:
        taken = [
            (move.before.shape in ("eligible", "likely"), move.after.shape in ("eligible", "likely"), move.count)
            for move in program.moves
        ]
        assert program.newly == sum(count for before, after, count in taken if after and not before)
        assert program.no_longer == sum(count for before, after, count in taken if before and not after)
    program_draft.label = "other"
    program_draft.save()
    assert "Out of date: the draft was changed" in text_of(viewer.get(answer["Location"]))


@pytest.mark.parametrize(("role", "may"), [("Viewer", False), ("Publisher", True), ("Administrator", True)])
def test_who_changes_or_publishes_drafts_may_have_an_impact_worked_out(
    grid_draft: GridVersion, role: str, may: bool
) -> None:
    client = signed_in(person_of(role, "someone"))
    assert client.post(address("ask", grid_draft), {"size": "200"}).status_code == (302 if may else 403)
    assert ("Show the impact" in text_of(client.get(address("draft", grid_draft)))) is may
    assert Preview.objects.exists() is may


def test_an_unknown_number_of_people_is_refused_in_words(editor: User, grid_draft: GridVersion) -> None:
    page = text_of(signed_in(editor).post(address("ask", grid_draft), {"size": "1000000"}, follow=True))
    assert "Choose how many people: 200, 2000, 10000." in page
    assert not Preview.objects.exists()


def test_one_person_is_compared_line_by_line(viewer: Client, program_draft: ProgramVersion) -> None:
    response = viewer.get(address("person", program_draft, "demo:asha-software-engineer"))
    page = text_of(response)
    groups = dict(response.context["groups"])
    fsw = next(each for each in groups["Programs"] if each.id == "fsw")
    assert [row.name for row in fsw.rows if row.differs] == [row.name for row in fsw.rows if row.after is None]
    assert len([row for row in fsw.rows if row.differs]) == 1
    assert "differs" in page
    assert viewer.get(address("person", program_draft, "demo:nobody")).status_code == 404


# The site seen with a draft ------------------------------------------------------------------


@pytest.fixture
def seeing(viewer: Client, grid_draft: GridVersion) -> Client:
    response = viewer.post(address("see", grid_draft))
    assert response["Clear-Site-Data"] == '"cache"'
    return viewer


def points_page(client: Client) -> Any:
    return client.get(reverse("eligibility:points", args=["crs"]))


def test_only_who_asked_sees_the_site_with_the_draft(seeing: Client) -> None:
    theirs, others = points_page(seeing), points_page(Client())
    assert "You see a draft." in text_of(theirs)
    assert "Every page takes 1 January 2027 for today." in text_of(theirs)
    assert theirs["Cache-Control"] == "private, no-store"
    assert "You see a draft." not in text_of(others)
    assert "public" in others["Cache-Control"]
    assert theirs["ETag"] != others["ETag"]


def test_every_page_of_the_applicants_side_says_so(seeing: Client) -> None:
    secret = seeing.post(reverse("eligibility:start"))["Location"]
    for page in ("/", "/programs/", "/h1b/clock/", "/occupations/", secret):
        assert "You see a draft." in text_of(seeing.get(page, follow=True)), page
    assert "You see a draft." not in text_of(seeing.get(reverse("admin:index")))


def test_leaving_ends_it(seeing: Client, grid_draft: GridVersion) -> None:
    assert seeing.post(reverse("admin:preview_leave"))["Location"] == address("draft", grid_draft)
    assert "draft" not in text_of(points_page(seeing)).partition("<header")[0]


@pytest.mark.parametrize("end", ["published", "deleted", "right lost"])
def test_it_ends_by_itself(seeing: Client, grid_draft: GridVersion, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_checks", [])
    if end == "published":
        monkeypatch.setattr("programs.actions.publish._refuse_problems", lambda *_asked: [])
        PublishVersion(grid_draft, person_of("Publisher", "omar"), "Why.").execute()
    elif end == "deleted":
        grid_draft.delete()
    else:
        User.objects.get(username="vera").groups.clear()
    page = text_of(points_page(seeing))
    assert "You see a draft." not in page
    assert "You no longer see a draft." in page
    assert "no longer see" not in text_of(points_page(seeing))


# Why -----------------------------------------------------------------------------------------


def explain(client: Client, **data: Any) -> Any:
    return client.post(reverse("admin:explain"), data)


def test_everything_about_a_person_is_shown(viewer: Client, rules: Any) -> None:
    written = json.dumps(person("demo:asha-software-engineer", dt.date(2026, 11, 21)))
    response = explain(viewer, profile=written)
    page = text_of(response)
    found = response.context["explained"]
    assert {program.result.id for program in found.programs} == {"fsw", "cec", "fst"}
    assert {scored.score.id for scored in found.scores} == {"crs", "fsw67"}
    facts = {fact.key: fact for group in found.facts for fact in group.rows}
    assert facts["age"].answers == ("birth_date",)
    assert all(escape(fact.label) in response.content.decode() for fact in facts.values())
    assert page.count("needed ") >= sum(len(r.routes[0]) for p in found.programs for r in p.requirements if r.routes)
    assert not Application.objects.exists()
    assert not Preview.objects.exists()
    assert "no-store" in response["Cache-Control"]


def test_a_draft_and_a_day_are_taken_into_account(viewer: Client, program_draft: ProgramVersion) -> None:
    def requirements(**more: Any) -> set[str]:
        response = explain(viewer, person="demo:asha-software-engineer", on="2027-01-02", **more)
        programs = {each.result.id: each.result for each in response.context["explained"].programs}
        return {finding.id for finding in programs["fsw"].requirements}

    assert requirements() - requirements(draft=f"programversion-{program_draft.pk}") == {"settlement-funds"}


BAD_PROFILES = (
    ('{"as_of": "2026-11-21",\n "birth_date" "1990-01-01"}', "Line 2:"),
    ('{"as_of": "2026-11-21",\n "work": [\n  {"noc": "2123"}]}', "Line 3: <code>work[0].noc</code>"),
    ('{"as_of": "2026-11-21",\n\n "favourite_colour": "green"}', "Line 3: <code>favourite_colour</code>"),
    ('{"as_of": "2026-11-21",\n "work": [{"noc": "99999"}]}', "Line 2: <code>work[0].noc</code>"),
    ("[]", "Line 1:"),
    ('{"birth_date": "1990-01-01"}', "<code>as_of</code>"),
)


def test_a_bad_profile_is_refused_by_line_and_field(viewer: Client, rules: Any) -> None:
    for written, told in BAD_PROFILES:
        response = explain(viewer, profile=written)
        assert told in text_of(response)
        assert response.context["form"]["profile"].value() == written, "nothing typed is lost"


def test_everything_wrong_with_a_profile_is_told_at_once(viewer: Client, rules: Any) -> None:
    written = (
        '{"as_of": "2026-11-21",\n "birth_date": "1990",\n "work": [\n'
        '  {"noc": "2123", "country": "USA"}],\n "favourite_colour": "green"}'
    )
    faults = explain(viewer, profile=written).context["faults"]
    assert sorted((fault.line, fault.field) for fault in faults) == [
        (2, "birth_date"),
        (4, "work[0].country"),
        (4, "work[0].noc"),
        (5, "favourite_colour"),
    ]
    assert all(fault.message for fault in faults)
    later = '{"as_of": "2026-11-21",\n "birth_date": "2030-01-01",\n "work": [{"noc": "21231", "start": "2027-01-01"}]}'
    assert [fault.line for fault in explain(viewer, profile=later).context["faults"]] == [2, 3]
    codes = '{"as_of": "2026-11-21",\n "work": [\n {"noc": "99999"},\n {"noc": "88888"}]}'
    page = text_of(explain(viewer, profile=codes))
    assert "2 things in the profile have to be put right" in page
    assert "Line 3: <code>work[0].noc</code>" in page
    assert "Line 4: <code>work[1].noc</code>" in page
    assert escape("99999") in page


# Who may -------------------------------------------------------------------------------------


def test_nobody_without_the_right_gets_in(grid_draft: GridVersion, editor: User) -> None:
    preview = Preview.objects.create(
        draft_kind="gridversion", draft_id=grid_draft.pk, draft_hash="", rules_number=0,
        day=dt.date(2027, 1, 1), size=1, people=1,
    )  # fmt: skip
    pages = [
        ("get", address("draft", grid_draft)),
        ("post", address("ask", grid_draft)),
        ("post", address("see", grid_draft)),
        ("get", address("person", grid_draft, "sample:1")),
        ("get", reverse("admin:preview_impact", args=[preview.pk])),
        ("get", reverse("admin:explain")),
        ("post", reverse("admin:explain")),
    ]
    applicant = signed_in(User.objects.create_user("asha"))
    for visitor in (Client(), applicant, signed_in(person_of(None, "zoe"))):
        for method, page in pages:
            response = getattr(visitor, method)(page)
            asked_who = response.status_code == 302 and "/login/" in response["Location"]
            assert asked_who or response.status_code == 403, page


def test_the_draft_and_the_first_page_lead_here(viewer: Client, grid_draft: GridVersion) -> None:
    page = text_of(viewer.get(reverse("admin:programs_gridversion_change", args=[grid_draft.pk])))
    assert address("draft", grid_draft) in page
    assert reverse("admin:explain") in text_of(viewer.get(reverse("admin:index")))
