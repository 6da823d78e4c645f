"""What to do first, with its date if there is one: from the person's own dates and the nearest doors."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from eligibility.express_entry import POOL
from eligibility.profile import Profile
from eligibility.results.dates import Dates
from eligibility.results.doors import Door, Group, GroupKey
from eligibility.results.questions import Question, questions

# A date further away than this is worth knowing, and is not among the first things to do.
SOON = dt.timedelta(days=120)
# How many things fit on a first screen, and how many answers one of them may ask for.
MOST = 4
MOST_ANSWERS = 4

ByGroup = Mapping[GroupKey, tuple[Door, ...]]


@dataclass(frozen=True, slots=True)
class Link:
    """Where to read on: an address, or the page of one of the person's doors."""

    label: str
    url: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Something to do, why, and by when."""

    title: str
    text: str
    by: dt.date | None = None
    days_left: str = ""
    is_urgent: bool = False
    options: tuple[str, ...] = ()
    warning: str = ""
    questions: tuple[Question, ...] = ()
    link: Link | None = None


def days_left(until: dt.date, today: dt.date) -> str:
    """How many days are left, in words."""
    count = (until - today).days
    if count < 0:
        return gettext("this day has passed")
    if count == 0:
        return gettext("today is the last day")
    return ngettext("%(count)d day left", "%(count)d days left", count) % {"count": count}


def _grace(dates: Dates, language: str) -> Iterator[FirstStep]:
    if dates.grace is None:
        return
    rule, end = dates.grace.rule, dates.grace.end
    text = rule.text.in_language(language)
    link = Link(rule.provision or gettext("The rule"), rule.source)
    if end is None:
        yield FirstStep(
            gettext("Find out how long you may stay"), text, is_urgent=True,
            questions=questions(["h1b.last_day_worked"]), link=link,
        )  # fmt: skip
    elif end < dates.today:
        yield FirstStep(
            gettext("Speak to a US immigration lawyer today"),
            gettext(
                "Your time after the job has ended, as far as your dates go. No Canadian rule depends on it, but "
                "your stay in the United States needs an answer first."
            ),
            end, days_left(end, dates.today), is_urgent=True, link=link,
        )  # fmt: skip
    else:
        yield FirstStep(
            gettext("Settle your stay in the United States"),
            gettext("By this day one of these must have happened. Confirm the date with a US lawyer."),
            end, days_left(end, dates.today), is_urgent=True, link=link,
            options=tuple(option.in_language(language) for option in rule.options),
            warning=" ".join(warning.text.in_language(language) for warning in rule.warnings),
        )  # fmt: skip


def _end_of_stay(dates: Dates) -> Iterator[FirstStep]:
    end = dates.stay_ends
    if end is not None and end - dates.today <= SOON:
        yield FirstStep(
            gettext("Settle your stay in the United States"),
            gettext(
                "It ends on this day, as far as your dates go, and Canadian steps take months. Ask your employer "
                "or a US lawyer what comes after."
            ),
            end, days_left(end, dates.today), is_urgent=True,
        )  # fmt: skip


def _language_results(profile: Profile, dates: Dates) -> Iterator[FirstStep]:
    lapse = dates.results_lapse
    if lapse is not None and lapse <= dates.today:
        yield FirstStep(
            gettext("Take a new language test"),
            gettext("On this day your results stopped counting, and so did the points that rest on them."),
            lapse, days_left(lapse, dates.today), is_urgent=True,
        )  # fmt: skip
    elif lapse is not None and lapse - dates.today <= SOON:
        yield FirstStep(
            gettext("Book a new language test"),
            gettext("From this day your results no longer count, and points that rest on them are lost."),
            lapse, days_left(lapse, dates.today), is_urgent=True,
        )  # fmt: skip
    tests = profile.language_tests or ()
    if tests and all(test.estimated for test in tests):
        yield FirstStep(
            gettext("Book an approved language test"),
            gettext(
                "Your language scores are your own estimate. Nothing can be filed without a real result, and "
                "one lower score can cost many points."
            ),
        )


def _begin(profile: Profile, doors: ByGroup) -> Iterator[FirstStep]:
    """The open door with the best chances, or else one that is a single step away; a way to stay comes after both."""
    opened = sorted(doors.get("open", ()), key=lambda door: (door.is_stay, door.closeness))
    for door in [door for door in opened if not door.is_stay][:1]:
        yield FirstStep(_begin_with(profile, door), _confirm_first(door), link=_to(door))
        return
    for door in doors.get("one_step", ())[:1]:
        yield FirstStep(
            gettext("Look at the one thing missing for: %(program)s") % {"program": door.program.name},
            door.deciding,
            link=_to(door),
        )
    for door in opened[:1]:
        yield FirstStep(
            gettext("Know your way to stay for a time: %(program)s") % {"program": door.program.name},
            _confirm_first(door),
            link=_to(door),
        )


def _begin_with(profile: Profile, door: Door) -> str:
    if profile.express_entry_profile and door.program.category == POOL:
        return gettext("Keep your Express Entry profile up to date: it counts for %(program)s") % {
            "program": door.program.name
        }
    return gettext("Begin with: %(program)s") % {"program": door.program.name}


def _confirm_first(door: Door) -> str:
    for finding in door.program.to_confirm:
        return gettext("Confirm first what only a person can judge: %(text)s") % {"text": finding.text}
    return gettext("You meet its rules as far as your answers go. Gather the papers that prove it.")


def _answer(doors: ByGroup) -> Iterator[FirstStep]:
    """The answers that most of the undecided programs wait for."""
    counts: Counter[Question] = Counter()
    for door in doors.get("need_answer", ()):
        missing = (path for finding in door.program.to_answer for path in finding.missing)
        counts.update(set(questions(missing)))
    if counts:
        wanted = sorted(counts, key=lambda question: (-counts[question], question.name))[:MOST_ANSWERS]
        yield FirstStep(
            gettext("Answer what is still missing"),
            gettext("These answers would decide most of the doors that are still undecided."),
            questions=tuple(wanted),
        )


def _towards(doors: ByGroup) -> Iterator[FirstStep]:
    """A door that is not open yet and would change the chances, where the open ones offer poor ones."""
    if any(_is_realistic(door) and not door.is_stay for door in doors.get("open", ())):
        return
    begun = doors.get("one_step", ())[:1] if all(door.is_stay for door in doors.get("open", ())) else ()
    others = [
        door
        for key in ("one_step", "not_now")
        for door in doors.get(key, ())  # type: ignore[call-overload]
        if _is_realistic(door) and not door.is_stay and door not in begun
    ]
    for door in sorted(others, key=lambda one: len(one.program.steps))[:1]:
        yield FirstStep(
            gettext("Work towards: %(program)s") % {"program": door.program.name},
            door.program.outlook.text,
            link=Link(gettext("What is missing for it"), program=door.program.id),
        )


def _is_realistic(door: Door) -> bool:
    return door.program.outlook is not None and door.program.outlook.realistic in ("yes", "with_effort")


def _to(door: Door) -> Link:
    return Link(gettext("Its reasons and its steps"), program=door.program.id)


def first_steps(profile: Profile, groups: tuple[Group, ...], dates: Dates, language: str) -> tuple[FirstStep, ...]:
    """What to do first, the urgent and dated before the rest, and no more than a first screen holds."""
    doors: ByGroup = {group.key: group.doors for group in groups}
    found = [
        *_grace(dates, language),
        *_end_of_stay(dates),
        *_language_results(profile, dates),
        *_begin(profile, doors),
        *_answer(doors),
        *_towards(doors),
    ]
    return tuple(found[:MOST])
