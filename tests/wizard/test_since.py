"""Since you last came: each thing that moved is told with its cause, and nothing is claimed that cannot be known."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from eligibility.answers import store
from eligibility.since import causes
from eligibility.wizard import clock
from programs import store as rules_store
from programs.rulebook import Round, Rulebook, build
from programs.rulebook.fingerprint import fingerprint
from tests.wizard.visitor import IELTS, MONEY, TODAY, Visitor, answer_as_asha, text_of

pytestmark = pytest.mark.database

DECEMBER = dt.date(2026, 12, 1)
LATER = dt.date(2026, 12, 5)
THIRTIETH = dt.date(2027, 5, 17)
BY_RULES, BY_TIME = "Because the rules changed", "Because time has passed"
BY_ANSWERS, BY_NOBODY_KNOWS = "Because you changed your answers", "We cannot tell why"
NOTICE = "Since you last came, on 21 November 2026"
FSW = "Federal Skilled Worker"


@pytest.fixture
def seen(asha: Visitor) -> Visitor:
    """Asha, who has seen her results on the 21st of November."""
    answer_as_asha(asha)
    assert NOTICE not in asha.open("results")
    return asha


def without_judgement(version: Any) -> tuple[Any, ...]:
    return tuple(
        requirement
        for requirement in version.requirements
        if not any(
            "judgement" in type(condition).__name__.lower() for route in requirement.any_of for condition in route
        )
    )


def with_program(book: Rulebook, change: Callable[[Any], Any]) -> Rulebook:
    documents = [change(one) if (one.kind, one.id) == ("program", "fsw") else one for one in book.documents]
    return build(documents, book.occupations.values(), "another", book.rounds, pool=book.pool)


def new_version(book: Rulebook, start: dt.date = DECEMBER) -> Rulebook:
    """Published later: from a day on, whatever only a person can judge is no longer asked."""

    def change(program: Any) -> Any:
        *earlier, last = program.versions
        asked = without_judgement(last)
        assert len(asked) < len(last.requirements)
        ended = last.model_copy(update={"effective_to": start - dt.timedelta(days=1)})
        new = last.model_copy(update={"version": "new", "effective_from": start, "requirements": asked})
        return program.model_copy(update={"versions": (*earlier, ended, new)})

    return with_program(book, change)


def altered_in_place(book: Rulebook) -> Rulebook:
    """Loaded anew: the version that was in force then reads otherwise now, and nothing is left of what it said."""

    def change(program: Any) -> Any:
        *earlier, last = program.versions
        altered = last.model_copy(update={"requirements": without_judgement(last)})
        return program.model_copy(update={"versions": (*earlier, altered)})

    return with_program(book, change)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def go_on(day: dt.date, book: Rulebook | None = None) -> None:
        monkeypatch.setattr(clock, "today", lambda: day)
        if book is not None:
            monkeypatch.setattr(rules_store, "current", lambda: book)

    return go_on


Go = Callable[..., None]


def part(page: str, heading: str) -> str:
    """What a page says from a heading on."""
    return page[page.index(heading) :]


def test_nothing_is_written_once_the_results_are_seen(seen: Visitor, django_assert_max_num_queries: Any) -> None:
    kept = seen.answers.beside["seen"]
    with django_assert_max_num_queries(1):
        seen.open("results")
    assert seen.answers.beside["seen"] == kept
    assert "Nothing has changed for you since 21 November 2026" in seen.open("since")


def test_somebody_who_never_saw_results_has_nothing_to_compare(asha: Visitor) -> None:
    assert "We have nothing to compare with yet" in asha.open("since")
    asha.open("results")
    assert "seen" not in asha.answers.beside


def test_own_answers_alone_are_no_news(seen: Visitor, on: Go) -> None:
    seen.send("language/1", **IELTS | {"writing": "8"})
    assert NOTICE not in seen.open("results")
    on(LATER)
    seen.send("money", **MONEY | {"settlement_funds_cad": "1,000"})
    assert NOTICE not in seen.open("results")
    assert seen.answers.beside["seen"]["day"] == LATER.isoformat()


def test_a_new_version_of_a_rule_is_named_with_what_it_does(seen: Visitor, on: Go, seeded: Rulebook) -> None:
    on(LATER, new_version(seeded))
    assert f"{NOTICE}: the rules changed and 1 program comes out otherwise for you." in seen.open("results")
    page = seen.open("since")
    assert BY_RULES in page
    assert BY_TIME not in page
    assert BY_ANSWERS not in page
    rules = part(page, "What changed in the rules")
    assert FSW in rules
    assert "In force from 1 December 2026" in rules
    assert "No longer asked" in rules
    assert seen.send("since") == "results"
    assert "Since you last came" not in seen.open("results")
    assert "Nothing has changed for you since 5 December 2026" in seen.open("since")


def test_a_round_is_told_beside_the_persons_own_points(seen: Visitor, on: Go, seeded: Rulebook) -> None:
    rounds = [
        Round(
            number,
            dt.date(2026, 12, 2),
            "cec",
            "program",
            "Canadian Experience Class",
            1000,
            cutoff,
            False,
            "https://x.test",
        )
        for number, cutoff in (("9001", 900), ("9002", 1))
    ]
    held = build(seeded.documents, seeded.occupations.values(), "more", (*seeded.rounds, *rounds), pool=seeded.pool)
    on(LATER, held)
    assert f"{NOTICE}: 2 rounds were held." in seen.open("results")
    page = seen.open("since")
    assert "Nothing: every program and all your points come out as they did." in page
    told = part(page, "Rounds of invitations since")
    assert "2 December 2026 : Canadian Experience Class Cut-off 900." in told
    assert "Cut-off 1." in told
    assert "You could not have been in it, at any score." in told


def test_a_birthday_is_told_as_time_that_has_passed(seen: Visitor, on: Go) -> None:
    on(THIRTIETH - dt.timedelta(days=1))
    before = seen.open("since")
    on(THIRTIETH)
    assert NOTICE in seen.open("results")
    page = seen.open("since")
    assert page != before
    assert "17 May 2027 : You turn 30" in part(page, "What happened in this time")
    points = part(page, "Your points")
    assert "Comprehensive Ranking System (CRS)" in points
    assert BY_TIME in points
    assert BY_RULES not in page
    assert BY_ANSWERS not in page


def test_answers_time_and_rules_are_told_apart(seen: Visitor, on: Go, seeded: Rulebook) -> None:
    on(THIRTIETH, new_version(seeded))
    seen.send("language/1", **IELTS | {"writing": "8", "reading": "8.5", "speaking": "8"})
    assert NOTICE in seen.open("results")
    page = seen.open("since")
    assert "You changed your answers since." in page
    assert BY_ANSWERS in page
    assert BY_TIME in page
    assert BY_RULES in page


def test_a_date_told_that_lies_between_is_not_called_time(seen: Visitor, on: Go) -> None:
    on(THIRTIETH)
    dated = {"date_day": "4", "date_month": "1", "date_year": "2027"}
    seen.send("language/1", **IELTS | dated)
    assert NOTICE in seen.open("results")
    page = seen.open("since")
    assert "Because of a date you told, or because time has passed" in page
    assert BY_TIME not in page


def test_where_the_rules_cannot_be_had_again_no_cause_is_claimed(seen: Visitor, on: Go, seeded: Rulebook) -> None:
    on(LATER, altered_in_place(seeded))
    assert NOTICE in seen.open("results")
    page = seen.open("since")
    assert "cannot be put together again exactly as they stood" in page
    assert BY_NOBODY_KNOWS in page
    for claimed in (BY_RULES, BY_TIME, BY_ANSWERS):
        assert claimed not in page


def test_the_steps_lead_from_what_was_seen_to_what_is_now(seen: Visitor, seeded: Rulebook) -> None:
    """The causes add up: each step begins where the one before it ended."""
    from eligibility.answers.to_profile import to_profile
    from eligibility.engine import assess
    from eligibility.since.mark import outcome, read

    mark = read(seen.answers)
    assert mark is not None
    book = new_version(seeded)
    for day in (LATER, THIRTIETH):
        today = assess(to_profile(seen.answers, day), book.on(day))
        found = causes.steps(mark, seen.answers, True, today, causes.rules_seen(mark, book))
        assert found[0].outcome == mark.outcome
        assert found[-1].outcome == outcome(today)
        at = dict(mark.outcome.programs)
        for moved in causes.programs_moved(found):
            assert at.get(moved.id) == moved.before
            at[moved.id] = moved.after  # type: ignore[assignment]
        assert {key: state for key, state in at.items() if state} == dict(outcome(today).programs)


def test_a_fingerprint_is_of_what_is_asked_and_not_of_when_it_ends(seeded: Rulebook) -> None:
    assert fingerprint(new_version(seeded).on(TODAY)) == fingerprint(seeded.on(TODAY))
    assert fingerprint(new_version(seeded).on(LATER)) != fingerprint(seeded.on(LATER))
    assert fingerprint(altered_in_place(seeded).on(TODAY)) != fingerprint(seeded.on(TODAY))


def test_what_was_seen_is_encrypted_and_of_ids_alone(seen: Visitor) -> None:
    kept = store.visit(seen.secret).beside["seen"]
    assert kept["programs"]["fsw"].split()[0] in {"eligible", "likely"}
    assert set(kept) == {"format", "at", "day", "rules", "answers", "rounds", "rounds_from", "programs", "scores"}


def test_a_mark_of_another_form_is_as_good_as_none(seen: Visitor) -> None:
    with store.change(seen.secret) as person:
        person.beside["seen"] = {"format": 0}
    assert "We have nothing to compare with yet" in seen.open("since")
    assert NOTICE not in seen.open("results")


def test_an_unknown_secret_is_told_calmly(db: None, client: Client) -> None:
    for response in (client.get("/a/never-given/since/"), client.post("/a/never-given/since/")):
        assert response.status_code == 404
        assert "Nothing is kept under this link" in text_of(response)
