"""Things of a list, read as sentences once they are entered."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.answers.document import Answer, Answers, Item
from eligibility.wizard import routing, rules
from eligibility.wizard.fields import UNKNOWN
from eligibility.wizard.forms.language import ABILITY_NAMES
from eligibility.wizard.forms.relatives import RELATIONS
from eligibility.wizard.places import country_name, province_name


def sentence(slug: str, item: Item, answers: Answers) -> str:
    """What was entered for a thing of a list, in one line."""
    if item.answer is None:
        typed = item.draft.typed.get("job_title", [""])[0] if item.draft else ""
        return typed[:1].upper() + typed[1:] or _("Not finished yet")
    parts = _SENTENCES[slug](routing.asked_only(slug, item.answer, answers))
    return ", ".join(part for part in parts if part)


def _month(day: str) -> str:
    return date_format(dt.date.fromisoformat(day), "F Y")


def _day(day: str) -> str:
    return date_format(dt.date.fromisoformat(day), "j F Y")


def _place(answer: Answer) -> list[str]:
    province, country = answer.get("province"), answer.get("country")
    return [*([province_name(province)] if province else []), *([country_name(country)] if country else [])]


def _job(answer: Answer) -> list[str]:
    title = str(answer.get("job_title") or _("A job"))
    return [
        title[:1].upper() + title[1:],
        *_place(answer),
        _period(answer),
        _hours(answer),
        _occupation(answer),
    ]


def _period(answer: Answer) -> str:
    start, end = answer.get("start"), answer.get("end")
    if answer.get("still_there") == "yes":
        return _("since %(month)s") % {"month": _month(start)} if start else _("to this day")
    if start and end:
        return _("%(start)s to %(end)s") % {"start": _month(start), "end": _month(end)}
    if start:
        return _("from %(month)s, end not known") % {"month": _month(start)}
    return _("until %(month)s") % {"month": _month(end)} if end else ""


def _hours(answer: Answer) -> str:
    hours = answer.get("hours_per_week")
    if not hours:
        return ""
    number = Decimal(hours)
    return ngettext("%(hours)s hour a week", "%(hours)s hours a week", int(number)) % {"hours": localize(number)}


def _occupation(answer: Answer) -> str:
    code = answer.get("noc")
    return _("NOC %(code)s") % {"code": code} if code and code != UNKNOWN else _("occupation not known yet")


def _credential(answer: Answer) -> list[str]:
    levels = dict(rules.education_levels())
    return [
        levels.get(str(answer.get("level")), _("A credential")),
        *_place(answer),
        _("finished in %(month)s") % {"month": _month(answer["completed"])} if answer.get("completed") else "",
        _("not finished yet") if answer.get("finished") == "no" else "",
        {"yes": _("assessed (ECA)"), "no": _("not assessed yet")}.get(str(answer.get("eca")), ""),
    ]


def _test(answer: Answer) -> list[str]:
    key = str(answer.get("test"))
    if key.startswith(rules.ESTIMATE):
        french = key.endswith("fr")
        name = _("Estimate of French (NCLC)") if french else _("Estimate of English (CLB)")
    else:
        test = rules.language_test(key)
        name = test.name if test else key
    scores = [
        f"{ABILITY_NAMES[ability]} {localize(Decimal(answer[ability]))}".lower()
        for ability in rules.ABILITIES
        if answer.get(ability) not in (None, "", UNKNOWN)
    ]
    return [name, _day(answer["date"]) if answer.get("date") else "", *scores]


def _relative(answer: Answer) -> list[str]:
    statuses = {"citizen": _("citizen"), "permanent_resident": _("permanent resident")}
    return [
        str(RELATIONS.get(str(answer.get("relation")), answer.get("relation"))),
        _("your partner's") if answer.get("of") == "partner" else "",
        statuses.get(str(answer.get("status")), ""),
        *_place(answer),
    ]


def _child(answer: Answer) -> list[str]:
    if not answer.get("birth_date"):
        return [_("A child, birth date not known")]
    return [_("A child born on %(day)s") % {"day": _day(answer["birth_date"])}]


_SENTENCES: Mapping[str, Callable[[Answer], list[str]]] = {
    "children": _child,
    "work": _job,
    "partner-work": _job,
    "partner-jobs": _job,
    "education": _credential,
    "partner-education": _credential,
    "language": _test,
    "partner-language": _test,
    "relatives": _relative,
}
