"""The other days of an H-1B worker's clock, beside the grace period and the six years.

Each limit counts `days` from a day of the profile. What is not a day (who may travel on an expired visa, what
family members should know) is told beside the list of days.
"""

from typing import Annotated

from pydantic import Field

from programs.packs.schema.common import Cited, Country, Document, Identifier, Text

ProfileField = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")]
Days = Annotated[int, Field(ge=0, le=1000)]
Age = Annotated[int, Field(ge=1, le=99)]


class TimeLimit(Cited):
    """A day that counts: `days` after the one in `counted_from`, a place in a profile.

    `title` names the day, `text` says what it means, `to_do` what may be done by then. `while_job_lasts`: it does
    not count for someone whose job has ended.
    """

    id: Identifier
    title: Text
    days: Days = 0
    counted_from: ProfileField
    while_job_lasts: bool = False
    text: Text
    to_do: tuple[Text, ...] = ()


class PermitLimit(TimeLimit):
    """The end of a Canadian permit; it counts for holders of one of `permits` (the profile's `canada.permit`)."""

    permits: Annotated[tuple[Identifier, ...], Field(min_length=1)]


class WithinStay(TimeLimit):
    """A period that the stay in `not_after` may cut short, and that exists only where that stay is longer."""

    not_after: ProfileField


class PendingExtension(TimeLimit):
    """How long one may work while an extension is pending: only if it was filed by the day in `counted_from`."""

    pending: ProfileField
    filed_on: ProfileField
    filed_late: Text


class Told(Cited):
    """Something to know, with a source of its own."""

    id: Identifier
    text: Text


class CanadianAge(Cited):
    """Until when Canada counts a child as dependent: `counting_rule` names the rule that holds the age."""

    counting_rule: Identifier
    text: Text


class Dependants(Cited):
    """What those on H-4 should know. A child holds H-4 until the day it reaches `child_below_age`.

    A birthday is told of from `tell_within_years` before it on.
    """

    child_below_age: Age
    tell_within_years: Age
    text: Text
    canada: CanadianAge
    facts: tuple[Told, ...] = ()


class Revalidation(Cited):
    """Returning to the United States on an expired visa after a short trip.

    `days` at most, to `countries` only; citizens of `not_for_citizens` are shut out. `conditions` must all hold.
    """

    days: Days
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    not_for_citizens: tuple[Country, ...] = ()
    text: Text
    conditions: tuple[Text, ...] = ()
    not_when: tuple[Text, ...] = ()
    canada_side: Text


class ClockRules(Document):
    """The limits in a rulebook, and from how many days before its day a limit is urgent."""

    urgent_within_days: Days
    limits: tuple[TimeLimit, ...]
    ten_days: WithinStay
    pending_extension: PendingExtension
    open_permit: PermitLimit
    dependants: Dependants
    revalidation: Revalidation
    know: tuple[Told, ...] = ()
