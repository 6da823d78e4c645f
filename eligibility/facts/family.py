"""Partner, children, family size and relatives."""

from functools import cache

from eligibility.facts.dates import completed_years
from eligibility.facts.values import (
    NO,
    Met,
    Value,
    all_of,
    any_of,
    known,
    negate,
    truth,
    unknown_number,
    unknown_truth,
)
from eligibility.profile.model import PARTNERED, Profile
from eligibility.profile.model import Relative as GivenRelative
from programs.packs.schema.measures import Relative
from programs.rulebook import RulebookInForce

LARGEST_FAMILY = 50


def has_partner(profile: Profile) -> Value:
    """Whether there is a spouse or common-law partner."""
    return _is_partnered(profile.marital_status)


def partner_counts(profile: Profile) -> Value:
    """Whether a partner comes along who is neither a citizen nor a permanent resident of Canada."""
    partner = profile.partner
    if partner is None:
        return _partner_counts(profile.marital_status, None, None)
    return _partner_counts(profile.marital_status, partner.accompanying, partner.canadian_citizen_or_pr)


# Asked first of everyone, and there are only a few answers.
@cache
def _is_partnered(marital_status: str | None) -> Value:
    return truth(None if marital_status is None else marital_status in PARTNERED, "marital_status")


@cache
def _partner_counts(marital_status: str | None, accompanying: bool | None, canadian: bool | None) -> Value:
    married = _is_partnered(marital_status)
    if married.high is False:
        return NO
    is_married = married.low if married.is_known else None
    counts = all_of((is_married, accompanying, negate(canadian)))
    missing = (
        *married.missing,
        *(("partner.accompanying",) if accompanying is None else ()),
        *(("partner.canadian_citizen_or_pr",) if canadian is None else ()),
    )
    return truth(counts, *missing)


def dependent_children(profile: Profile, book: RulebookInForce) -> Value:
    """How many children are dependent: below the age that the counting rules set."""
    if profile.children is None:
        return unknown_number("children", high=LARGEST_FAMILY)
    limit = book.counting("dependent_child_below_age")
    ages = [None if c.birth_date is None else completed_years(c.birth_date, profile.as_of) for c in profile.children]
    low = sum(age is not None and age < limit for age in ages)
    high = sum(age is None or age < limit for age in ages)
    return Value(low, high, () if low == high else ("children",))


def family_size(profile: Profile, book: RulebookInForce) -> Value:
    """The family's size: as said, or else the applicant, the partner (coming or not) and the dependent children."""
    if profile.family_size is not None:
        return known(profile.family_size)
    married = has_partner(profile)
    children = dependent_children(profile, book)
    low, high = 1 + married.low + children.low, min(LARGEST_FAMILY, 1 + married.high + children.high)
    return Value(low, high, () if low == high else ("family_size", *married.missing, *children.missing))


def _fits(given: GivenRelative, rule: Relative, counts: Met) -> Met:
    whose: Met = {
        "applicant": "applicant" in rule.of,
        "partner": counts if "partner" in rule.of else False,
        None: (set(rule.of) == {"applicant", "partner"} and counts) or None,
    }[given.of]
    return all_of(
        (
            None if given.relation is None else given.relation in rule.relations,
            None if given.status is None else given.status in rule.statuses,
            True if not rule.provinces else None if given.province is None else given.province in rule.provinces,
            given.age_18_or_over if rule.adult else True,
            whose,
        )
    )


def has_relative(profile: Profile, rule: Relative, counts: Value) -> Value:
    """Whether there is such a relative in Canada."""
    if profile.relatives_in_canada is None:
        return unknown_truth("relatives_in_canada")
    partner_is_in: Met = counts.low if counts.is_known else None
    found = any_of(_fits(relative, rule, partner_is_in) for relative in profile.relatives_in_canada)
    return truth(found, "relatives_in_canada", *counts.missing)
