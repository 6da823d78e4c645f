"""The person's own dates by the rules: the end of a grace period, the day on which language results lapse."""

import datetime as dt
from dataclasses import dataclass

from eligibility.facts.dates import years_after
from eligibility.h1b.clock import grace_end, situations
from eligibility.profile import Profile
from programs.packs.schema.situations import GracePeriod
from programs.rulebook import Rulebook

LAID_OFF = "laid_off"


@dataclass(frozen=True, slots=True)
class Grace:
    """How long a person whose job ended may stay. `end` is None where the last day of work is not known."""

    rule: GracePeriod
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that press. `results_lapse` is when the last of the language results stops to count."""

    today: dt.date
    grace: Grace | None = None
    stay_ends: dt.date | None = None
    results_lapse: dt.date | None = None


def dates(profile: Profile, rulebook: Rulebook) -> Dates:
    """Work them out for a profile, with the rules of one rulebook."""
    return Dates(
        today=profile.as_of,
        grace=_grace(profile, rulebook),
        stay_ends=_stay_ends(profile),
        results_lapse=_results_lapse(profile, rulebook),
    )


def _grace(profile: Profile, rulebook: Rulebook) -> Grace | None:
    document = situations(rulebook)
    if document is None or profile.h1b is None or profile.h1b.status != LAID_OFF:
        return None
    rule = document.grace_period
    last_day = profile.h1b.last_day_worked
    if last_day is None:
        return Grace(rule, None)
    return Grace(rule, grace_end(rule, last_day, profile.h1b.i94_expires))


def _stay_ends(profile: Profile) -> dt.date | None:
    if profile.h1b is None or profile.h1b.status == LAID_OFF:
        return None
    return profile.h1b.i94_expires or profile.h1b.expires


def _results_lapse(profile: Profile, rulebook: Rulebook) -> dt.date | None:
    taken = [test.date for test in profile.language_tests or () if test.date and not test.estimated]
    if not taken:
        return None
    years = rulebook.on(profile.as_of).counting("language_result_years")
    return years_after(max(taken), years)
