"""Finding the occupation of a job by a US code or by duties, without losing what was typed about the job."""

import re

import pytest

from programs.models import Classification, Correspondence, MainDuty, Occupation
from tests.wizard.visitor import Visitor, answer_as_asha, day, text_of

pytestmark = pytest.mark.database

TYPED = {"shown": "job_title,start", "job_title": "Member of technical staff", **day("start", "2021-07-01")}


@pytest.fixture(autouse=True)
def _tables(db: None) -> None:
    """One US code, and one main duty."""
    soc, noc = (Classification.objects.create(pk=name, name_en=name) for name in ("soc-2018", "noc-2021"))
    Correspondence.objects.create(
        from_classification=soc, from_code="15-1252", from_title_en="Software Developers", to_classification=noc,
        to_code="21231", match="close", confidence="confirmed",
    )  # fmt: skip
    group = Occupation.objects.create(classification=noc, code="21231", title_en="Software engineers", teer=1)
    MainDuty.objects.create(occupation=group, duty_en="You own architecture.", confidence="memory")


def test_the_code_on_the_lca_leads_back_to_the_job_with_everything_typed(asha: Visitor) -> None:
    assert asha.send("work/add", find="code", token="one", **TYPED) == "work/1/code"
    page = asha.open("work/1/code", code="15-1252.00")
    assert "It leads to 1 Canadian occupation" in page
    assert asha.send("work/1/code", noc="21231") == "work/1"
    html = asha.raw("work/1")
    assert 'value="Member of technical staff"' in html
    assert re.search(r'value="21231"[^>]*checked', html)
    draft = asha.answers.items("work")[0].draft
    assert draft is not None
    assert draft.typed["start_year"] == ["2021"]


def test_duties_lead_back_to_the_job_too(asha: Visitor) -> None:
    asha.send("work/add", find="duties", token="one", **TYPED)
    assert "We suggest Software engineers and designers (21231)" in asha.open("work/1/duties", asked="1", duty="21231")
    assert asha.send("work/1/duties", noc="21231") == "work/1"


def test_a_job_without_a_title_gets_that_of_the_occupation(asha: Visitor) -> None:
    asha.send("work/add", find="code", token="one", shown="job_title", job_title="", job_title_unknown="on")
    asha.send("work/1/code", noc="21231")
    draft = asha.answers.items("work")[0].draft
    assert draft is not None
    assert draft.typed["job_title"] == ["Software engineers and designers"]
    assert "job_title_unknown" not in draft.typed


def test_a_finished_job_stays_finished(asha: Visitor) -> None:
    answer_as_asha(asha)
    before = asha.answers.items("work")[0].answer
    asha.send("work/1/code", noc="21232")
    after = asha.answers.items("work")[0]
    assert after.is_answered
    assert after.answer == {**(before or {}), "noc": "21232"}


def test_it_works_on_a_page_that_is_no_list(asha: Visitor) -> None:
    assert asha.send("job-offer", find="code", **TYPED) == "job-offer/code"
    assert asha.send("job-offer/code", noc="21231") == "job-offer"


def test_the_way_back_to_all_answers_is_kept(asha: Visitor) -> None:
    answer_as_asha(asha)
    asha.send("work/1", find="code", **TYPED, **{"return": "check"})
    page = asha.client.get(asha.url("work/1/code"), {"return": "check", "code": "15-1252"})
    assert "return=check" in page.content.decode()
    response = asha.client.post(asha.url("work/1/code"), {"noc": "21231", "return": "check"})
    assert response["Location"].endswith("/work/1/?return=check#question-noc")


def test_a_code_that_is_none_changes_nothing(asha: Visitor) -> None:
    asha.send("work/add", find="code", token="one", **TYPED)
    assert asha.send("work/1/code", noc="99999") == "work/1/code"
    draft = asha.answers.items("work")[0].draft
    assert draft is not None
    assert "noc" not in draft.typed


@pytest.mark.parametrize(
    "place", ["you/code", "work/code", "work/9/code", "language/1/duties", "nothing/code", "work/1/dance"]
)
def test_there_is_no_such_help_elsewhere(asha: Visitor, place: str) -> None:
    response = asha.client.get(asha.url(place))
    assert response.status_code == 404


def test_it_is_as_private_as_the_job(asha: Visitor) -> None:
    asha.send("work/add", find="code", token="one", **TYPED)
    response = asha.client.get(asha.url("work/1/code"))
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    stranger = asha.client.get("/a/not-a-secret/work/1/code/")
    assert stranger.status_code == 404
    assert "Nothing is kept under this link" in text_of(stranger)
