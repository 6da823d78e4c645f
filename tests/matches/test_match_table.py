"""The table of matches: counted rightly, committed as the rules stand, every striking line looked at."""

import csv
import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from eligibility.demo.population import AS_OF, profiles
from eligibility.matches import ProgramMatches, as_markdown, explained, match_table
from eligibility.matches.markdown import striking
from eligibility.profile import read_profile
from programs.rulebook import Rulebook
from tests.profiles import asha

PAGE = Path(__file__).resolve().parents[2] / "docs" / "matches.md"


@pytest.fixture(scope="module")
def table(rulebook: Rulebook) -> list[ProgramMatches]:
    return match_table((read_profile(person) for person in profiles()), rulebook)


def test_the_committed_table_is_that_of_the_packs(table: list[ProgramMatches]) -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(table, AS_OF), (
        "The rules or the people changed. Look at what moved, and make the page anew: "
        "manage.py match_table --packs > docs/matches.md"
    )


def test_every_program_that_takes_nobody_or_nearly_everybody_was_looked_at(table: list[ProgramMatches]) -> None:
    told = [program for reason in explained() for program in reason.programs]
    assert {line.id for line in striking(table)} <= set(told), "Say why in eligibility/matches/explained.yaml."
    assert len(told) == len(set(told)), "A program stands under two reasons."
    assert set(told) <= {line.id for line in table}, "A program that is explained is not in the rules."


def test_everyone_is_counted_once_for_each_program(table: list[ProgramMatches]) -> None:
    assert {sum(line.counts.values()) for line in table} == {len(list(profiles()))}


def test_another_day_counts_by_the_rules_of_that_day(rulebook: Rulebook) -> None:
    person = read_profile(asha())
    before, today = (
        {line.id: line for line in match_table([person], rulebook, on)} for on in (dt.date(2025, 6, 1), None)
    )
    closed = next(i for i in before if before[i].intake == "open" and today[i].intake == "closed")
    assert before[closed].people == today[closed].people == 1


def test_the_command_prints_csv(tmp_path: Path, rulebook: Rulebook) -> None:
    written = _call(tmp_path, '{"as_of": "2026-11-21"}', format="csv")
    rows = list(csv.DictReader(StringIO(written)))
    assert {row["people"] for row in rows} == {"1"}
    assert {row["program"] for row in rows} >= {"fsw", "cec"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no profile"),
        ('{"as_of": "2026-11-21", "shoe_size": 43}', "shoe_size"),
        ('{"as_of": "2026-11-21", "job_offer": {"noc": "99999"}}', "job_offer.noc"),
    ],
)
def test_the_command_names_a_profile_that_cannot_be_counted(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        _call(tmp_path, text)


def test_the_command_says_that_a_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("match_table", str(tmp_path / "nothing.jsonl"), packs=True)


def _call(tmp_path: Path, text: str, **options: Any) -> str:
    people = tmp_path / "people.jsonl"
    people.write_text(text, encoding="utf-8")
    written = StringIO()
    call_command("match_table", str(people), packs=True, stdout=written, **options)
    return written.getvalue()
