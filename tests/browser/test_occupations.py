"""Finding an occupation in a browser, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
def test_the_code_on_the_lca_finds_the_occupation_of_a_job(visit: Visit, javascript: bool) -> None:
    asha = visit(java_script_enabled=javascript, viewport={"width": 320, "height": 640})
    asha.start()
    asha.go_to("work")
    asha.open(asha.page.url.removeprefix(asha.watch.origin) + "add/")
    asha.type_job_title("sr sofware eng")
    expect(asha.question("noc").get_by_text("GTS B · Alberta tech").first).to_be_visible()
    asha.press("I know the code on my Labor Condition Application (LCA)")
    asha.page.get_by_label("Code or title").fill("15-1132")
    asha.press("Look up")
    asha.sees(
        "15-1132 (Software Developers, Applications) of SOC 2010 became 15-1252 (Software Developers) of SOC 2018."
    )
    asha.press(re.compile(r"^Choose this one\s*: Software developers and programmers$"))
    expect(asha.page.get_by_label("What was the job?", exact=True)).to_have_value("sr sofware eng")
    expect(asha.question("noc").get_by_label("Software developers and programmers")).to_be_checked()


def test_anyone_finds_an_occupation_without_javascript(visit: Visit) -> None:
    zoe = visit(java_script_enabled=False, viewport={"width": 320, "height": 640}, color_scheme="dark")
    zoe.open("/occupations/")
    zoe.page.get_by_label("Job title, or a code").fill("devlopper web")
    zoe.press("Find occupations")
    zoe.press("Web developers and programmers")
    zoe.sees("What sets it apart", "Lists it was on")
    zoe.open("/occupations/from-us/?code=15-12")
    zoe.sees("is not a code")
    zoe.open("/occupations/software/")
    zoe.page.get_by_label("Protecting systems and data is your main task.").check()
    zoe.press("See the suggestion")
    zoe.sees("We suggest Cybersecurity specialists (21220)")
    too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert zoe.page.evaluate(too_wide) <= 0
