"""How far a person is: which pages are answered, which are not, and what is known so far."""

import datetime as dt
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.answers.document import Answers, Item
from eligibility.wizard import routing, rules
from eligibility.wizard.forms import ITEM_FORMS, PAGE_FORMS, Context, StepForm

Status = Literal["answered", "open", "unfinished"]


def item_status(slug: str, item: Item, context: Context) -> Status:
    """How far a thing of a list is."""
    if item.draft is not None:
        return "unfinished"
    if item.answer is None or ITEM_FORMS[slug](context, answer=item.answer).unanswered:
        return "open"
    return "answered"


def page_status(page: routing.Page, context: Context, form: StepForm | None = None) -> Status:
    """How far a page is; `form` is that of its answer, where it is at hand."""
    if page.kind == "form":
        return _form_status(page.slug, context, form)
    if page.kind == "list":
        return _list_status(page.slug, context)
    return "answered"


def _form_status(slug: str, context: Context, form: StepForm | None) -> Status:
    saved = context.answers.page(slug)
    if saved.draft is not None:
        return "unfinished"
    if saved.answer is None or (form or PAGE_FORMS[slug](context, answer=saved.answer)).unanswered:
        return "open"
    return "answered"


def _list_status(slug: str, context: Context) -> Status:
    items = context.answers.items(slug)
    statuses = {item_status(slug, item, context) for item in items}
    if not items:
        return "answered" if context.answers.value(slug, "any") in {"no", "unknown"} else "open"
    return "answered" if statuses == {"answered"} else "unfinished"


def open_pages(context: Context) -> list[routing.Page]:
    """The pages that apply and have no complete answer."""
    return [page for page in routing.asked_pages(context.answers) if page_status(page, context) != "answered"]


def waiting(context: Context) -> set[str]:
    """The pages that need an answer."""
    return {page.slug for page in open_pages(context)}


def note_newly_asked(before: set[str], context: Context) -> None:
    """Remember pages that a change brought up: they need an answer now and did not `before`."""
    known = set(context.answers.newly_asked)
    context.answers.newly_asked = [
        page.slug for page in open_pages(context) if page.slug in known or page.slug not in before
    ]


def deadline(answers: Answers, today: dt.date) -> rules.Deadline | None:
    """When the person's grace period ends; None if they have none, or the last day of work is not known."""
    if routing.h1b_status(answers) != "laid_off":
        return None
    facts = routing.page_answer(answers, "h1b-dates")
    return rules.grace_period(_day(facts.get("last_day_worked")), _day(facts.get("i94_expires")), today)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def known_so_far(answers: Answers, today: dt.date) -> list[str]:
    """What is known so far, each thing a short sentence; never a score."""
    known = []
    ends = deadline(answers, today)
    if ends is not None:
        known.append(_("Your grace period ends on %(day)s.") % {"day": date_format(ends.day, "j F Y")})
    jobs, credentials, tests = (len(answers.items(slug)) for slug in ("work", "education", "language"))
    if jobs:
        known.append(ngettext("%(count)d job", "%(count)d jobs", jobs) % {"count": jobs})
    if credentials:
        known.append(ngettext("%(count)d credential", "%(count)d credentials", credentials) % {"count": credentials})
    if tests:
        known.append(ngettext("%(count)d language result", "%(count)d language results", tests) % {"count": tests})
    return known
