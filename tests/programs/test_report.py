"""The report of programs: what it says of each, and that the page and the command show the same."""

import csv
import datetime as dt
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from programs.packs.schema import OccupationList, Program
from programs.report import SOON, ProgramLine, arranged, plain, report
from tests.programs.conftest import signed_in
from tests.seeded import seeded_rulebook

TODAY = dt.date(2026, 11, 21)
ADDRESS = "/staff/programs/program/report/"


@pytest.fixture(scope="module")
def documents() -> Any:
    return seeded_rulebook().documents


@pytest.fixture(scope="module")
def lines(documents: Any) -> dict[str, ProgramLine]:
    return {line.id: line for line in report(documents, TODAY)}


def test_it_lists_every_program(documents: Any, lines: dict[str, ProgramLine]) -> None:
    assert set(lines) == {pack.id for pack in documents if isinstance(pack, Program)}


def test_a_line_says_how_a_program_stands(documents: Any, lines: dict[str, ProgramLine]) -> None:
    fsw = next(pack for pack in documents if isinstance(pack, Program) and pack.id == "fsw")
    line = lines["fsw"]
    assert (line.authority, line.intake, line.version) == ("federal", "open", fsw.versions[-1].version)
    assert line.requirements == len(fsw.versions[-1].requirements)
    assert line.conditions >= line.requirements
    assert line.matches + line.misses + line.unknowns <= len(fsw.examples)


def test_a_day_without_rules_says_so(documents: Any) -> None:
    line = next(line for line in report(documents, dt.date(1999, 1, 1)) if line.id == "fsw")
    assert (line.version, line.requirements, line.intake, line.lowest_confidence) == ("", 0, "", "")


def test_rules_that_end_with_nothing_after_them_are_flagged_in_time(documents: Any) -> None:
    fsw = next(pack for pack in documents if isinstance(pack, Program) and pack.id == "fsw")
    for days, flagged in ((SOON.days, True), (SOON.days + 1, False)):
        end = TODAY + dt.timedelta(days=days)
        ending = fsw.model_copy(update={"versions": (fsw.versions[-1].model_copy(update={"effective_to": end}),)})
        assert ("version_ends" in report([ending], TODAY)[0].flags) is flagged
    followed = ending.model_copy(
        update={
            "versions": (
                ending.versions[0].model_copy(update={"effective_to": TODAY}),
                ending.versions[0].model_copy(update={"effective_from": TODAY + dt.timedelta(days=1)}),
            )
        }
    )
    assert "version_ends" not in report([followed], TODAY)[0].flags


def test_a_list_that_ends_flags_the_programs_that_name_it(documents: Any) -> None:
    def ended(pack: Any) -> Any:
        if isinstance(pack, OccupationList) and pack.id == "ee-category-stem":
            last = pack.versions[-1].model_copy(update={"effective_to": TODAY})
            return pack.model_copy(update={"versions": (*pack.versions[:-1], last)})
        return pack

    flagged = [line.id for line in report(map(ended, documents), TODAY) if "list_ends" in line.flags]
    assert flagged == ["category-stem"]


def test_missing_examples_and_unsure_rules_are_flagged(documents: Any, lines: dict[str, ProgramLine]) -> None:
    fsw = next(pack for pack in documents if isinstance(pack, Program) and pack.id == "fsw")
    bare = report([fsw.model_copy(update={"examples": ()})], TODAY)[0]
    assert "lacks_examples" in bare.flags
    assert "lacks_examples" not in lines["fsw"].flags
    unsure = {line.id for line in lines.values() if line.lowest_confidence not in ("", "confirmed")}
    assert unsure
    assert all("to_be_checked" in lines[identifier].flags for identifier in unsure)


def test_lines_are_filtered_and_sorted(lines: dict[str, ProgramLine]) -> None:
    every = list(lines.values())
    assert {line.authority for line in arranged(every, authority="bc")} == {"bc"}
    assert {line.intake for line in arranged(every, intake="paused")} == {"paused"}
    assert all("to_be_checked" in line.flags for line in arranged(every, flag="to_be_checked"))
    assert [line.id for line in arranged(every, text="skilled worker (fed")] == [
        line.id for line in every if "skilled worker (fed" in line.name.casefold()
    ]
    most = arranged(every, sort="-requirements")
    assert most[0].requirements == max(line.requirements for line in every)
    assert arranged(every, sort="oldest_check")[0].oldest_check is None


def test_the_command_prints_csv_json_and_a_table(rules: Path) -> None:
    def printed(**options: Any) -> str:
        out = StringIO()
        call_command("report_programs", stdout=out, on=TODAY, **options)
        return out.getvalue()

    [row] = csv.DictReader(StringIO(printed(format="csv")))
    [line] = json.loads(printed(format="json"))
    assert row["id"] == line["id"] == "worker"
    assert row["flags"].split() == line["flags"]
    assert printed().splitlines()[1].startswith("worker")
    with pytest.raises(CommandError, match="no column"):
        printed(sort="shoe_size")


def test_the_page_shows_every_program_and_leads_to_it(rules: Path, mei: User) -> None:
    page = signed_in(mei).get(ADDRESS)
    assert page.status_code == 200
    text = page.content.decode()
    assert reverse("admin:programs_program_change", args=["worker"]) in text
    assert "Made-up worker program" in text


def test_the_page_filters_by_its_address_and_says_when_nothing_fits(rules: Path, mei: User) -> None:
    browser = signed_in(mei)
    assert "No program fits" in browser.get(ADDRESS, {"authority": "nowhere"}).content.decode()
    shown = browser.get(ADDRESS, {"sort": "-sources"})
    assert 'aria-sort="descending"' in shown.content.decode()
    assert browser.get(ADDRESS, {"sort": "shoe_size"}).status_code == 200


def test_the_page_downloads_what_it_shows(rules: Path, mei: User) -> None:
    answer = signed_in(mei).get(ADDRESS, {"format": "csv", "authority": "nowhere"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert len(answer.content.decode().splitlines()) == 1


def test_only_staff_who_may_look_at_programs_see_the_report(rules: Path, mei: User, zoe: User) -> None:
    assert signed_in(zoe).get(ADDRESS).status_code == 403
    index = reverse("admin:index")
    assert ADDRESS in signed_in(mei).get(index).content.decode()
    assert ADDRESS not in signed_in(zoe).get(index).content.decode()
    assert ADDRESS in signed_in(mei).get(reverse("admin:programs_program_changelist")).content.decode()


def test_plain_values_are_those_that_json_knows(lines: dict[str, ProgramLine]) -> None:
    assert json.loads(json.dumps(plain(lines["fsw"])))["in_force_from"] == lines["fsw"].in_force_from.isoformat()  # type: ignore[union-attr]
