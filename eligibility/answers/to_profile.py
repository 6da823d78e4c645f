"""Answers → profile: what the person said, in the form that the engine reads.

Only what is asked now counts; what is not known stays null, and is never turned into a "no".
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from eligibility.answers.document import Answer, Answers
from eligibility.profile import Profile, read_profile
from eligibility.wizard import routing, rules, ties
from eligibility.wizard.fields import UNKNOWN
from eligibility.wizard.forms.choices import NONE_OF_THESE
from eligibility.wizard.forms.partner import ABROAD, NO_H1B

Plain = dict[str, Any]
_YES_NO = {"yes": True, "no": False}


def to_profile(answers: Answers, as_of: dt.date) -> Profile:
    """The profile that the answers make, on a day.

    Raises:
        ProfileError: if the answers do not make one, naming the field.

    """
    return read_profile(profile_dict(answers, as_of))


def profile_dict(answers: Answers, as_of: dt.date) -> Plain:
    """The same in the form of the contract, not yet checked."""
    you = routing.page_answer(answers, "you")
    money = routing.page_answer(answers, "money")
    provinces = _provinces(you)
    return {
        "as_of": as_of.isoformat(),
        "birth_date": you.get("birth_date"),
        "citizenships": _citizenships(you),
        "residence": _known(you.get("residence")),
        "us_permanent_resident": _flag(you.get("us_permanent_resident")),
        "intends_to_live_in": provinces,
        "provinces_of_interest": provinces,
        "h1b": _h1b(answers),
        "us_job": _us_job(routing.page_answer(answers, "us-job")),
        **_family(answers, as_of),
        "work": _list(answers, "work", _job),
        "education": _list(answers, "education", _credential),
        "language_tests": _list(answers, "language", lambda answer: _test(answer, as_of)),
        **_canada(answers),
        "settlement_funds_cad": _number(money.get("settlement_funds_cad")),
        "annual_family_income_cad": _number(money.get("annual_family_income_cad")),
    }


def _known(value: Any) -> Any:
    return None if value in ("", UNKNOWN) else value


def _flag(value: Any) -> bool | None:
    return _YES_NO.get(value) if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    return None if value in (None, "") else float(value)


def _several(values: Any) -> list[str] | None:
    """What was ticked: none if that was said, not known if nothing was."""
    if not values or UNKNOWN in values:
        return None
    return [value for value in values if value != NONE_OF_THESE]


def _count(value: Any) -> int | None:
    return None if value in (None, "") else int(value)


def _provinces(you: Answer) -> list[str] | None:
    chosen = you.get("provinces") or [ties.NOT_SURE]
    return None if ties.NOT_SURE in chosen else list(chosen)


def _citizenships(you: Answer) -> list[str] | None:
    first, second = _known(you.get("citizenship")), _known(you.get("second_citizenship"))
    return [code for code in (first, second) if code] or None


def _h1b(answers: Answers) -> Plain | None:
    situation = rules.situation(answers.value("h1b", "situation"))
    if situation is None:
        return None
    facts = routing.page_answer(answers, "h1b-dates")
    return {
        "status": situation.h1b_status,
        "lives_in_us": _lives_in_us(answers.value("you", "residence"), situation.lives_in_us),
        "extension_pending": situation.extension_pending,
        **{name: facts.get(name) for name in routing.H1B_DAYS},
        "days_abroad": _count(facts.get("days_abroad")),
        "i140_approved": _flag(facts.get("i140_approved")),
    }


def _lives_in_us(residence: Any, by_situation: bool | None) -> bool | None:
    """By the country of residence where it is known, or else by the situation."""
    return by_situation if _known(residence) is None else residence == routing.UNITED_STATES


def _us_job(job: Answer) -> Plain | None:
    if not job:
        return None
    return {
        "months_with_employer": _number(job.get("months_with_employer")),
        "capacity": _known(job.get("capacity")),
        "employer_has_canadian_affiliate": _flag(job.get("employer_has_canadian_affiliate")),
    }


def _family(answers: Answers, as_of: dt.date) -> Plain:
    family = routing.page_answer(answers, "family")
    marital_status = _known(family.get("marital_status"))
    has_children = _flag(family.get("has_children"))
    size = _number(family.get("family_size"))
    if size is None and has_children is False and marital_status is not None:
        size = 2 if routing.has_partner(answers) else 1
    return {
        "marital_status": marital_status,
        "partner": _partner(answers, family, as_of) if routing.has_partner(answers) else None,
        "children": [] if has_children is False else _list(answers, "children", _child),
        "family_size": None if size is None else int(size),
    }


def _partner(answers: Answers, family: Answer, as_of: dt.date) -> Plain:
    return {
        "accompanying": _flag(family.get("accompanying")),
        "canadian_citizen_or_pr": _flag(family.get("partner_canadian")),
        "education": _list(answers, "partner-education", _credential),
        "language_tests": _list(answers, "partner-language", lambda answer: _test(answer, as_of)),
        "work": _partner_work(answers),
        **_partner_in_canada(answers),
        **_partner_as_applicant(answers),
    }


def _partner_work(answers: Answers) -> list[Plain] | None:
    """The partner's work: unknown unless that in Canada is known, which is all that counts beside an applicant."""
    in_canada = _list(answers, "partner-work", lambda answer: _job({**answer, "country": routing.CANADA}))
    return None if in_canada is None else [*in_canada, *(partner_jobs_abroad(answers) or ())]


def partner_jobs_abroad(answers: Answers) -> list[Plain] | None:
    """The partner's work outside Canada; None where it is not known."""
    return _list(answers, "partner-jobs", _job)


def _partner_as_applicant(answers: Answers) -> Plain:
    """What only matters once the partner applies, if anything of it was told."""
    told = routing.page_answer(answers, "partner-self")
    if not told:
        return {}
    citizenship = _known(told.get("citizenship"))
    return {
        "birth_date": told.get("birth_date"),
        "citizenships": [citizenship] if citizenship else None,
        "residence": _known(told.get("residence")),
        **{
            name: {} if _flag(told.get(name)) else _flag(told.get(name)) for name in ("nomination", "trade_certificate")
        },
        "express_entry_profile": _flag(told.get("express_entry_profile")),
        "h1b": _partner_h1b(answers),
        "us_job": _partner_us_job(routing.page_answer(answers, "partner-us-job")),
        **_partner_papers(routing.page_answer(answers, "partner-papers")),
    }


def _partner_h1b(answers: Answers) -> Plain | None:
    told = routing.page_answer(answers, "partner-h1b")
    situation = rules.situation(told.get("situation"))
    has_none = told.get("situation") == NO_H1B
    if situation is None and not has_none:
        return None
    by_situation = situation.lives_in_us if situation else None
    return {
        "status": situation.h1b_status if situation else "none",
        "lives_in_us": _lives_in_us(answers.value("partner-self", "residence"), by_situation),
        "visa_valid_until": told.get("visa_valid_until"),
    }


def _partner_us_job(told: Answer) -> Plain | None:
    """The partner's present job in the United States. Who has none has been with its employer for no time."""
    has_job = _flag(told.get("has_us_job"))
    if has_job is None:
        return None
    none = {"months_with_employer": 0, "capacity": "other", "employer_has_canadian_affiliate": False}
    return _us_job(told) if has_job else none


def _partner_papers(told: Answer) -> Plain:
    licensed = _several(told.get("licensed"))
    return {
        "us_permanent_resident": _flag(told.get("us_permanent_resident")),
        "permanent_residences": _several(told.get("permanent_residences")),
        "licensed_in_canada": None if licensed is None else [{"province": province} for province in licensed],
        "invitation_letters": _several(told.get("invitations")),
    }


def _partner_in_canada(answers: Answers) -> Plain:
    tied = _flag(routing.page_answer(answers, "canada").get("partner_in_canada"))
    if not tied:
        return {"canada": None if tied is None else {"present": False}, "job_offer": tied}
    there = routing.page_answer(answers, "partner-canada")
    has_offer = _flag(there.get("job_offer"))
    return {
        "canada": _partner_presence(there),
        "job_offer": {"noc": _known(there.get("noc"))} if has_offer else has_offer,
    }


def _partner_presence(there: Answer) -> Plain:
    status = _known(there.get("status"))
    if status == ABROAD:
        return {"present": False}
    return {
        "present": None if status is None else True,
        "status": status,
        "permit": _known(there.get("permit")),
        "permit_expires": there.get("permit_expires"),
    }


def _list(answers: Answers, slug: str, convert: Callable[[Answer], Plain]) -> list[Plain] | None:
    """The things of a list: None if it is not known whether there are any, empty if there are none."""
    if not routing.BY_SLUG[slug].asked(answers):
        return None
    items = answers.items(slug)
    if not items:
        return [] if answers.value(slug, "any") == "no" else None
    found = [convert(routing.asked_only(slug, item.answer, answers)) for item in items if item.answer is not None]
    return found or None


def _child(answer: Answer) -> Plain:
    return {"birth_date": answer.get("birth_date")}


def _job(answer: Answer) -> Plain:
    goes_on = answer.get("still_there") == "yes"
    # A job without an end goes on. One that ended on a day nobody remembers has a length nobody
    # knows, so no start either.
    length_is_known = goes_on or answer.get("end") is not None
    return {
        "noc": _known(answer.get("noc")),
        "title": answer.get("job_title") or None,
        "country": _known(answer.get("country")),
        "province": _known(answer.get("province")),
        "start": answer.get("start") if length_is_known else None,
        "end": answer.get("end"),
        "hours_per_week": _number(answer.get("hours_per_week")),
        "paid": _flag(answer.get("paid")),
        "self_employed": _flag(answer.get("self_employed")),
        "authorized": _flag(answer.get("authorized")),
        "student": _flag(answer.get("student")),
        "employer_country": _known(answer.get("employer_country")),
    }


def _credential(answer: Answer) -> Plain:
    return {
        "level": _known(answer.get("level")),
        "country": _known(answer.get("country")),
        "province": _known(answer.get("province")),
        "completed": answer.get("completed"),
        "eca": _flag(answer.get("eca")),
        "eca_date": answer.get("eca_date"),
        "canadian_study_years": _number(answer.get("canadian_study_years")),
    }


def _test(answer: Answer, as_of: dt.date) -> Plain:
    test = str(answer.get("test"))
    scores = {name: _number(_known(answer.get(name))) for name in rules.ABILITIES}
    if test.startswith(rules.ESTIMATE):
        # An estimate says what the person can do now, so it is of today.
        return {
            "test": rules.LEVEL_TEST,
            "language": test.removeprefix(rules.ESTIMATE),
            "date": as_of.isoformat(),
            "estimated": True,
            **scores,
        }
    return {"test": test, "date": answer.get("date"), "scale": _known(answer.get("scale")), **scores}


def _canada(answers: Answers) -> Plain:
    gates = routing.page_answer(answers, "canada")

    def given(name: str, slug: str, read: Callable[[Answer], Plain]) -> Plain | bool | None:
        has = _flag(gates.get(name))
        return read(routing.page_answer(answers, slug)) if has else has

    papers, employer = (routing.page_answer(answers, slug) for slug in ("papers", "employer"))
    licensed, invitations = (_held(gates, papers.get(name)) for name in ("licensed", "invitations"))
    return {
        "canada": _in_canada(answers, gates),
        "job_offer": given("job_offer", "job-offer", lambda offer: _job_offer(offer, employer)),
        "nomination": given("nomination", "nomination", _nomination),
        "trade_certificate": given("trade_certificate", "trade-certificate", _certificate),
        "express_entry_profile": _flag(gates.get("express_entry_profile")),
        "relatives_in_canada": _list(answers, "relatives", _relative),
        "licensed_in_canada": None if licensed is None else [{"province": province} for province in licensed],
        "invitation_letters": invitations,
        "permanent_residences": _several(routing.page_answer(answers, "job-offer").get("permanent_residences")),
    }


def _held(gates: Answer, ticked: Any) -> list[str] | None:
    """Papers of one kind: none if the person holds no papers at all."""
    return [] if _flag(gates.get("papers")) is False else _several(ticked)


def _in_canada(answers: Answers, gates: Answer) -> Plain | None:
    if not routing.is_in_canada(answers):
        return {"present": False} if gates.get("present") == "no" else None
    there = routing.page_answer(answers, "in-canada")
    permit = _known(there.get("permit"))
    return {
        "present": True,
        "status": _known(there.get("status")),
        "permit": permit,
        "permit_expires": there.get("permit_expires"),
        "province": _known(there.get("province")),
        "months_in_province": _number(there.get("months_in_province")),
    }


def _job_offer(answer: Answer, employer: Answer) -> Plain:
    wage = _number(answer.get("wage"))
    return {
        "noc": _known(answer.get("noc")),
        "province": _known(answer.get("province")),
        "hours_per_week": _number(answer.get("hours_per_week")),
        "permanent": _flag(answer.get("permanent")),
        "duration_months": _number(answer.get("duration_months")),
        "annual_wage": wage if answer.get("wage_per") == "year" else None,
        "hourly_wage": wage if answer.get("wage_per") == "hour" else None,
        "local_median_hourly_wage": _number(answer.get("local_median_hourly_wage")),
        "lmia": _known(answer.get("lmia")),
        "intra_company": _flag(answer.get("intra_company")),
        "works_there_now": _flag(answer.get("works_there_now")),
        "months_in_this_job": _number(answer.get("months_in_this_job")),
        "seasonal": _flag(answer.get("seasonal")),
        "cusma_profession": _known(answer.get("cusma_profession")),
        "region": _known(employer.get("region")),
        "supports_nomination": _flag(employer.get("supports_nomination")),
        "from_government_mission": _flag(employer.get("from_government_mission")),
        "employer_years_in_business": _number(employer.get("years_in_business")),
        "employer": {
            "category_a_referral": _flag(answer.get("employer_category_a_referral")),
            **_employer(employer),
        },
    }


def _employer(answer: Answer) -> Plain:
    return {
        "naics": _known(answer.get("naics")),
        "years_in_province": _number(answer.get("years_in_province")),
        "full_time_staff": _count(answer.get("full_time_staff")),
        "annual_revenue_cad": _number(answer.get("annual_revenue_cad")),
        "public_body": _flag(answer.get("public_body")),
        "applicant_ownership_percent": _number(answer.get("applicant_ownership_percent")),
        "confirms_language": _flag(answer.get("confirms_language")),
        "designated_for": _several(answer.get("designated_for")),
        "category_a_positions_this_year": _count(answer.get("category_a_positions_this_year")),
    }


def _nomination(answer: Answer) -> Plain:
    return {
        "province": _known(answer.get("province")),
        "express_entry": _flag(answer.get("express_entry")),
        "support_letter": _flag(answer.get("support_letter")),
    }


def _certificate(answer: Answer) -> Plain:
    return {"noc": _known(answer.get("noc")), "province": _known(answer.get("province"))}


def _relative(answer: Answer) -> Plain:
    return {
        "relation": _known(answer.get("relation")),
        "status": _known(answer.get("status")),
        "province": _known(answer.get("province")),
        "of": answer.get("of") or "applicant",
        "age_18_or_over": _flag(answer.get("age_18_or_over")),
    }
