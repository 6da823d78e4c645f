"""The plan that a person chose, kept beside their answers."""

import datetime as dt
import json

from eligibility.planning.changes import changed
from eligibility.planning.chosen import ChosenPlan, ChosenStep, choose, chosen, let_go
from eligibility.planning.offered import levers_of
from eligibility.profile import read_profile
from programs.rulebook import Rulebook
from tests.profiles import asha

PLAN = ChosenPlan(
    "crs:520",
    (ChosenStep("french-nclc-7", "french-nclc-7"), ChosenStep("job-offer@ON", "job-offer", "ON")),
    dt.date(2026, 11, 21),
)


def test_a_plan_is_kept_until_it_is_let_go() -> None:
    beside: dict[str, object] = {"seen": 1}
    assert chosen(beside) is None
    choose(beside, PLAN)
    assert chosen(json.loads(json.dumps(beside))) == PLAN
    let_go(beside)
    assert (chosen(beside), beside) == (None, {"seen": 1})


def test_its_steps_are_what_a_profile_can_be_changed_by(rulebook: Rulebook) -> None:
    options = PLAN.options(levers_of(rulebook))
    assert [option.id for option in options] == ["french-nclc-7", "job-offer@ON"]
    after = changed(read_profile(asha()), options, rulebook)
    assert after.job_offer.province == "ON"  # type: ignore[union-attr]
    assert {test.language for test in after.language_tests or ()} == {"en", "fr"}


def test_a_lever_that_staff_took_away_is_left_out(rulebook: Rulebook) -> None:
    levers = [lever for lever in levers_of(rulebook) if lever.id != "job-offer"]
    assert [option.id for option in PLAN.options(levers)] == ["french-nclc-7"]
