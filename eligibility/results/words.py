"""The words that pages share: verdicts, intakes, authorities and categories, days, figures and points."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, gettext_lazy

from eligibility.engine.assessment import Citation, IntakeState
from eligibility.wizard.places import PROVINCES

VERDICTS = {
    "eligible": gettext_lazy("Eligible"),
    "likely": gettext_lazy("Likely – a person must confirm the rest"),
    "unknown": gettext_lazy("An answer is missing"),
    "not_eligible": gettext_lazy("Not eligible now"),
    None: gettext_lazy("Not checked here"),
}

REQUIREMENTS = {
    "met": gettext_lazy("Met"),
    "missed": gettext_lazy("Missed"),
    "confirm": gettext_lazy("To confirm"),
    "answer": gettext_lazy("Answer needed"),
}

OUTLOOKS = {
    "yes": gettext_lazy("Realistic"),
    "with_effort": gettext_lazy("Possible, with effort"),
    "unlikely": gettext_lazy("Unlikely as things stand"),
    "no": gettext_lazy("Not from where you stand"),
}

CATEGORIES = {
    "express_entry": gettext_lazy("Express Entry programs"),
    "ee_category": gettext_lazy("Express Entry categories: groups invited in rounds of their own"),
    "work_permit": gettext_lazy("Work permits"),
    "pnp_stream": gettext_lazy("Provincial nomination"),
    "regional": gettext_lazy("Regional programs"),
    "quebec": gettext_lazy("Quebec"),
    "other": gettext_lazy("Other programs"),
}

LEADS_TO = {
    "permanent_residence": gettext_lazy("permanent residence"),
    "nomination": gettext_lazy("a nomination by a province"),
    "work_permit": gettext_lazy("a work permit"),
    "study_permit": gettext_lazy("a study permit"),
    "visit": gettext_lazy("a visit"),
}

# Goals that let a person be in Canada for a time and no more: counted apart from doors to work and to settle.
STAYS = frozenset({"study_permit", "visit"})
STAYS_TITLE = gettext_lazy("Ways to stay as a student or visitor")

AUTHORITIES = {
    "federal": gettext_lazy("Government of Canada"),
    "regional": gettext_lazy("Government of Canada, with communities"),
    **{code.lower(): name for code, name in PROVINCES},
}

TOPICS = {
    "warning": gettext_lazy("Know this before you begin"),
    "fee": gettext_lazy("What it costs"),
    "processing": gettext_lazy("How long it takes"),
    "selection": gettext_lazy("How people are chosen"),
    "documents": gettext_lazy("Documents to gather"),
    "employer": gettext_lazy("What the employer must do"),
    "family_partner": gettext_lazy("What your family may get"),
    "family_children": gettext_lazy("What your family may get"),
    "after": gettext_lazy("What it can lead to"),
}

PARTNER_TOPIC, CHILDREN_TOPIC = "family_partner", "family_children"
FAMILY_TOPICS = frozenset({PARTNER_TOPIC, CHILDREN_TOPIC})

CONFIDENCE = {
    "single": gettext_lazy("Found in one source only."),
    "memory": gettext_lazy("Not confirmed on an official page."),
    "judgement": gettext_lazy("Our reading of the text."),
}

NOTICE_CONFIDENCE = {
    "reported": gettext_lazy("Reported, not confirmed"),
    "proposed": gettext_lazy("Proposed, not decided"),
    "announced": gettext_lazy("Announced, not in force"),
}

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict or a finding as the page shows it: a shape and a word, so that colour is never alone."""

    shape: str
    word: str


def join(parts: Iterable[str]) -> str:
    """Join words as a sentence does.

    >>> join(["age", "education", "work"])
    'age, education and work'
    """
    *firsts, last = parts
    if not firsts:
        return last
    return gettext("%(firsts)s and %(last)s") % {"firsts": ", ".join(firsts), "last": last}


def join_some(parts: Sequence[str], most: int = 5) -> str:
    """Join words as a sentence does, and only count those that would make it too long.

    >>> join_some(["age", "education", "work", "money"], 2)
    'age, education and 2 more'
    """
    left = len(parts) - most
    if left <= 1:
        return join(parts)
    return join([*parts[:most], gettext("%(count)d more") % {"count": left}])


def day(value: dt.date) -> str:
    """A date in words: 21 November 2026."""
    return _day(value, get_language())


# The page of results names the same few days over and over.
@lru_cache(maxsize=1024)
def _day(value: dt.date, _language: str | None) -> str:
    return date_format(value, "j F Y")


def short_day(value: dt.date) -> str:
    """A date in words for a table: 21 Nov 2026."""
    return _short_day(value, get_language())


@lru_cache(maxsize=256)
def _short_day(value: dt.date, _language: str | None) -> str:
    return date_format(value, "j M Y")


def partial_date(value: str) -> str:
    """A year, a month or a day, as far as it is known.

    >>> partial_date("2026"), partial_date("2026-06"), partial_date("2026-06-14")
    ('2026', 'June 2026', '14 June 2026')
    """
    return _partial_date(value, get_language())


@lru_cache(maxsize=1024)
def _partial_date(value: str, _language: str | None) -> str:
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return value
    if len(parts) == 2:
        return date_format(dt.date(parts[0], parts[1], 1), "F Y")
    return day(dt.date(parts[0], parts[1], parts[2]))


def number(value: float) -> str:
    """A figure as the language writes it: 1,200."""
    return _number(value, get_language())


def range_text(low: int, high: int) -> str:
    """Points, or the range in which they lie."""
    if low == high:
        return number(low)
    return gettext("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}


def signed(points: int) -> str:
    """Points more or less.

    >>> signed(31), signed(-5), signed(0)
    ('+31', '−5', '+0')
    """
    return f"+{number(points)}" if points >= 0 else f"{MINUS}{number(-points)}"


def points_or_less(points: int) -> str:
    """Points, with a minus where something is taken off.

    >>> points_or_less(31), points_or_less(-5)
    ('31', '−5')
    """
    return number(points) if points >= 0 else signed(points)


def median(value: float | None) -> str:
    """A median, with its half where it lies between two figures; a dash where there is none."""
    return "–" if value is None else _median(value, get_language())


@lru_cache(maxsize=256)
def _median(value: float, _language: str | None) -> str:
    return str(floatformat(value))


def limit_name(name: str) -> str:
    """What a section, a group or a factor takes off for counting only so much at most."""
    return gettext("Limit of %(name)s") % {"name": name}


# Typed, because 2 and 2.0 are equal and written differently.
@lru_cache(maxsize=4096, typed=True)
def _number(value: float, _language: str | None) -> str:
    return str(number_format(value, force_grouping=True))


def count_word(value: int) -> str:
    """A small count as a word, a larger one in figures."""
    words = (
        gettext("No"), gettext("One"), gettext("Two"), gettext("Three"), gettext("Four"), gettext("Five"),
        gettext("Six"), gettext("Seven"), gettext("Eight"), gettext("Nine"), gettext("Ten"),
    )  # fmt: skip
    return words[value] if value < len(words) else number(value)


def authority_name(authority: str) -> str:
    """The public name of who decides."""
    return _authority_name(authority, get_language())


@lru_cache(maxsize=128)
def _authority_name(authority: str, _language: str | None) -> str:
    return str(AUTHORITIES.get(authority.lower(), authority))


_NOT_OPEN = {
    "paused": gettext_lazy("Paused since %(day)s"),
    "closed": gettext_lazy("Closed since %(day)s"),
    "cap_reached": gettext_lazy("Full since %(day)s"),
    "announced": gettext_lazy("Announced on %(day)s, not open yet"),
}


def intake_text(intake: IntakeState | None) -> str:
    """Whether a program takes applications, in one short sentence."""
    if intake is None:
        return gettext("Whether it takes applications is not known here")
    if intake.status == "open":
        if intake.until is not None:
            return gettext("Takes applications until %(day)s") % {"day": day(intake.until)}
        return gettext("Takes applications")
    return str(_NOT_OPEN[intake.status]) % {"day": day(intake.since)}


def check_text(citation: Citation) -> str:
    """What is to be checked about a statement, or nothing."""
    parts = [str(CONFIDENCE.get(citation.confidence, "")), citation.caution or ""]
    return " ".join(part for part in parts if part)
