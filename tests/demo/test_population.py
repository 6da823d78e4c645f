"""The made-up population: the same in every run, readable, and made of lives that hang together."""

import datetime as dt
import itertools
import json
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from eligibility.demo.population import AS_OF, POPULATION_FILE, SIZE, as_lines, profiles
from eligibility.demo.population.make import statistics
from eligibility.engine import assess
from eligibility.profile import read_profile
from programs.rulebook import Rulebook

MANY = 2000
day = dt.date.fromisoformat


@pytest.fixture(scope="module")
def many() -> list[dict[str, Any]]:
    return list(profiles(MANY))


def test_the_population_of_the_repository_is_what_the_maker_makes() -> None:
    assert POPULATION_FILE.read_text(encoding="utf-8") == "".join(as_lines(profiles())), (
        "Make it anew: manage.py make_population --output eligibility/demo/population.jsonl, and then docs/matches.md"
    )


def test_a_larger_population_begins_with_the_smaller_one(many: list[dict[str, Any]]) -> None:
    assert many[:SIZE] == list(profiles(SIZE))


def test_another_seed_makes_other_people() -> None:
    drawn = len(statistics()["personas"])
    assert list(profiles(drawn + 3))[drawn:] != list(profiles(drawn + 3, seed=1))[drawn:]


def test_people_can_answer_on_another_day() -> None:
    on = dt.date(2027, 3, 1)
    assert {read_profile(person).as_of for person in profiles(40, as_of=on)} == {on}


def test_everyone_is_read_and_has_an_id_of_their_own(many: list[dict[str, Any]]) -> None:
    assert len({read_profile(person).id for person in many}) == MANY


def test_studies_come_before_work_and_nothing_happens_twice_at_once(many: list[dict[str, Any]]) -> None:
    for person in many:
        jobs = sorted(person["work"], key=lambda job: job["start"])
        for earlier, later in itertools.pairwise(jobs):
            assert earlier["end"], person["id"]
            assert earlier["end"] <= later["start"], person["id"]
        completed = [study["completed"] for study in person["education"]]
        assert completed == sorted(completed, reverse=True), person["id"]
        assert jobs[0]["start"] > completed[-1], person["id"]
        assert person["h1b"]["first_h1b_day"] > completed[0], person["id"]


def test_ages_are_plausible(many: list[dict[str, Any]]) -> None:
    for person in many:
        if person.get("birth_date") is None:
            continue
        born = day(person["birth_date"])
        assert 22 <= (AS_OF - born).days / 365.25 < 64, person["id"]
        assert (day(person["education"][-1]["completed"]) - born).days > 19.5 * 365, person["id"]
        for child in person["children"]:
            assert (day(child["birth_date"]) - born).days > 20 * 365, person["id"]


def test_status_agrees_with_its_dates(many: list[dict[str, Any]]) -> None:
    seen = Counter(person["h1b"]["status"] for person in many)
    assert {"employed", "laid_off", "denied", "max_out", "none"} <= set(seen)
    for person in many:
        h1b = person["h1b"]
        if h1b["status"] == "laid_off":
            assert 0 < (AS_OF - day(h1b["last_day_worked"])).days <= statistics()["h1b"]["days_since"][1]
            assert all(job["end"] for job in person["work"])
        if h1b["status"] != "none":
            assert day(h1b["expires"]) >= AS_OF, person["id"]
        beyond = (AS_OF - day(h1b["first_h1b_day"])).days > statistics()["h1b"]["limit_years"] * 365.25
        assert not beyond or h1b.get("i140_approved", True), person["id"]


def test_languages_give_the_levels_they_were_drawn_for(rulebook: Rulebook) -> None:
    """The ordinary results of the statistics file, held against the charts of the rule packs."""
    results = statistics()["language"]["results"]
    abilities = ("listening", "reading", "writing", "speaking")
    for test, by_level in results.items():
        language = "fr" if test == statistics()["language"]["french"]["test"] else "en"
        for level, scores in by_level.items():
            taken = {"test": test, "date": "2026-06-01", **dict(zip(abilities, map(float, scores), strict=True))}
            profile = read_profile({"as_of": AS_OF.isoformat(), "language_tests": [taken]})
            read = assess(profile, rulebook.on(AS_OF), scores_only=True, grids=[]).clb["applicant"][language]
            assert read is not None
            assert min(int(level), 10) == min(min(value or 0, 10) for value in read.values()), (test, level)


def test_shares_follow_the_statistics(many: list[dict[str, Any]]) -> None:
    """Within four points of what is published or assumed."""

    def share(holds: Any) -> float:
        return sum(bool(holds(person)) for person in many) / MANY

    assert share(lambda person: person["citizenships"] == ["IN"]) == pytest.approx(0.70, abs=0.04)
    assert share(lambda person: person["education"][0]["level"] == "masters") == pytest.approx(0.52, abs=0.04)
    assert share(lambda person: person["education"][0]["country"] == "US") == pytest.approx(0.52, abs=0.04)
    assert share(lambda person: person.get("job_offer")) == pytest.approx(0.04, abs=0.02)
    assert share(lambda person: person["h1b"]["status"] == "laid_off") == pytest.approx(0.04, abs=0.02)
    assert share(lambda person: "birth_date" not in person) == pytest.approx(0.04, abs=0.02)


def test_every_part_of_the_statistics_says_what_it_rests_on() -> None:
    for name, part in statistics().items():
        if isinstance(part, dict):
            assert part.get("source") or "assumption" in part["basis"], name


def test_the_command_writes_profiles_that_the_evaluation_reads() -> None:
    written = StringIO()
    call_command("make_population", size=3, stdout=written)
    assert [json.loads(line)["id"] for line in written.getvalue().splitlines()] == ["p01", "p02", "p03"]
