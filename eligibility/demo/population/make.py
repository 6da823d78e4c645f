"""From statistics to profiles: one person after the other, each from a stream of chance of their own.

So the first two hundred of ten thousand are the two hundred, and a change in one person moves nobody else.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from eligibility.demo.population.draws import Draws
from eligibility.demo.population.family import household
from eligibility.demo.population.language import english, french
from eligibility.demo.population.life import Life, Studied, Worked, live, years_before
from eligibility.demo.population.ties import job_offer, relatives
from eligibility.demo.population.traits import Traits, draw_traits

SIZE = 200
SEED = 20261121
AS_OF = dt.date(2026, 11, 21)
STATISTICS_FILE = Path(__file__).with_name("statistics.yaml")
POPULATION_FILE = Path(__file__).parent.with_suffix(".jsonl")


@lru_cache(maxsize=1)
def statistics() -> Mapping[str, Any]:
    """What the population is drawn from."""
    read: Mapping[str, Any] = yaml.safe_load(STATISTICS_FILE.read_text(encoding="utf-8"))
    return read


def profiles(size: int = SIZE, seed: int = SEED, as_of: dt.date = AS_OF) -> Iterator[dict[str, Any]]:
    """So many people in the form of the profile: the personas first, then people drawn from the statistics."""
    for number in range(size):
        yield profile_of(number, seed, as_of)


def profile_of(number: int, seed: int = SEED, as_of: dt.date = AS_OF) -> dict[str, Any]:
    """One of them, counted from 0, without making those before."""
    figures = statistics()
    personas = figures["personas"]
    given = personas[number] if number < len(personas) else {}
    draws = Draws(f"{seed}:{number}")
    traits = draw_traits(given.get("id", f"w{number + 1:05}"), draws, figures, given)
    return _written(traits, draws, figures, as_of)


def as_lines(people: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Each profile as a line of JSON."""
    for person in people:
        yield json.dumps(person, ensure_ascii=False) + "\n"


def _written(traits: Traits, draws: Draws, figures: Mapping[str, Any], as_of: dt.date) -> dict[str, Any]:
    life = live(traits, draws, figures, as_of)
    family = household(traits, life, draws, figures, as_of)
    spoken = english(traits, draws, figures, as_of)
    offer = job_offer(traits, draws, figures)
    wanted = draws.some_of(figures["canadian_ties"]["provinces"], 1 + int(draws.between((0, 2.999))))
    if offer and offer["province"] not in wanted:
        wanted.insert(0, offer["province"])
    savings = figures["savings"]
    pay = traits.pay * savings["cad_for_usd"]
    person: dict[str, Any] = {
        "id": traits.id,
        "as_of": as_of.isoformat(),
        "birth_date": life.born.isoformat(),
        "citizenships": [traits.country],
        "residence": "US" if traits.open_permit_months is None else "CA",
        "marital_status": family.marital_status,
        "partner": family.partner,
        "education": _education(life, draws, figures, as_of),
        "language_tests": None if spoken is None else spoken + french(traits, draws, figures, as_of),
        "work": [_job(job, figures, traits) for job in life.jobs],
        "job_offer": offer or False,
        "trade_certificate": False,
        "nomination": False,
        "relatives_in_canada": relatives(traits, draws, figures),
        "settlement_funds_cad": round(pay * draws.between(savings["share_of_pay"]), -2),
        "family_size": family.size,
        "provinces_of_interest": wanted,
        "h1b": _h1b(traits, life, draws, figures, as_of),
        "us_job": _us_job(traits, life, draws, figures, as_of),
        "canada": _canada(traits, draws, figures, as_of),
        "express_entry_profile": draws.chance(figures["express_entry_profile"]["share"]),
        "licensed_in_canada": _licences(traits, draws, figures, wanted),
        "annual_family_income_cad": round(pay, -3),
        "children": family.children,
        "us_permanent_resident": False,
        "permanent_residences": [],
        "intends_to_live_in": wanted,
        "invitation_letters": [],
    }
    if family.partner is None:
        del person["partner"]
    return _leave_out(person, draws, figures["left_out"], keep_all=bool(traits.given))


def _education(life: Life, draws: Draws, figures: Mapping[str, Any], as_of: dt.date) -> list[dict[str, Any]]:
    assessment = figures["credential_assessment"]
    has = draws.of_weights(assessment["weights"])
    since = years_before(as_of, draws.between(assessment["years_since"]))
    provinces = figures["canadian_ties"]["provinces"]
    province = draws.of_weights(provinces)

    def written(study: Studied) -> dict[str, Any]:
        told = {"level": study.level, "country": study.country, "completed": study.completed.isoformat()}
        if study.country == "CA":
            years = figures["degree"]["levels"][study.level]["years"]
            return {**told, "province": province, "canadian_study_years": years}
        if has != "yes":
            return {**told, "eca": False if has == "no" else None}
        return {**told, "eca": True, "eca_date": max(since, study.completed).isoformat()}

    return [written(study) for study in life.studies]


def _job(job: Worked, figures: Mapping[str, Any], traits: Traits) -> dict[str, Any]:
    told: dict[str, Any] = {"noc": job.noc, "country": job.country}
    if job.country == "CA":
        provinces = figures["canadian_ties"]["provinces"]
        told["province"] = traits.given.get("open_permit_province", max(provinces, key=lambda key: provinces[key]))
    return {
        **told,
        "start": job.start.isoformat(),
        "end": job.end.isoformat() if job.end else None,
        "hours_per_week": 40,
        "self_employed": False,
        "student": False,
        "authorized": True,
        "paid": True,
    }


def _h1b(traits: Traits, life: Life, draws: Draws, figures: Mapping[str, Any], as_of: dt.date) -> dict[str, Any]:
    h1b = figures["h1b"]
    term, limit = h1b["term_years"], h1b["limit_years"]
    began = int(life.h1b_years // term) * term
    if not traits.petition_approved and life.h1b_years >= limit:
        began = limit - term
    expires = years_before(life.first_h1b_day, -(began + term)) - dt.timedelta(days=1)
    stamped_again = draws.chance(h1b["visa_as_long_as_status"]) or began == 0
    visa = expires if stamped_again else years_before(life.first_h1b_day, -began) - dt.timedelta(days=1)
    status = "employed"
    last_day = None
    if traits.open_permit_months is not None:
        status = "none"
    elif traits.days_since_job_loss is not None:
        status, last_day = "laid_off", life.jobs[0].end
    elif traits.denied:
        status = "denied"
    elif not traits.petition_approved and expires - as_of < dt.timedelta(days=120) and began + term >= limit:
        status = "max_out"
    told = {
        "status": status,
        "expires": expires.isoformat(),
        "i140_approved": traits.petition_approved,
        "lives_in_us": traits.open_permit_months is None,
        "visa_valid_until": visa.isoformat(),
        "i94_expires": expires.isoformat(),
        "first_h1b_day": life.first_h1b_day.isoformat(),
    }
    return {**told, "last_day_worked": last_day.isoformat()} if last_day else told


def _us_job(traits: Traits, life: Life, draws: Draws, figures: Mapping[str, Any], as_of: dt.date) -> dict[str, Any]:
    employer = figures["employer"]
    capacity, affiliate = draws.of_weights(employer["capacity"]), draws.chance(employer["canadian_affiliate"])
    here = traits.open_permit_months is None
    last = life.jobs[0]
    months = ((last.end or as_of) - last.start).days // 30 if here else 0
    return {
        "months_with_employer": months,
        "capacity": capacity if here else "other",
        "employer_has_canadian_affiliate": affiliate and here,
    }


def _canada(traits: Traits, draws: Draws, figures: Mapping[str, Any], as_of: dt.date) -> dict[str, Any]:
    left = draws.between(figures["open_work_permit_2023"]["permit_left_months"])
    if traits.open_permit_months is None:
        return {"present": False, "status": "none"}
    provinces = figures["canadian_ties"]["provinces"]
    return {
        "present": True,
        "status": "worker",
        "permit": "h1b_open",
        "permit_expires": years_before(as_of, -left / 12).isoformat(),
        "province": traits.given.get("open_permit_province", max(provinces, key=lambda key: provinces[key])),
        "months_in_province": traits.open_permit_months,
    }


def _licences(traits: Traits, draws: Draws, figures: Mapping[str, Any], wanted: list[str]) -> list[dict[str, Any]]:
    occupation = figures["occupation"]
    holds = draws.chance(occupation["holds_a_licence"]) and traits.noc in occupation["licensed"]
    return [{"noc": traits.noc, "province": wanted[0]}] if holds else []


def _leave_out(person: dict[str, Any], draws: Draws, left_out: Mapping[str, Any], keep_all: bool) -> dict[str, Any]:
    """Leave an answer out now and then: unknown is an answer of its own. Personas answer everything."""
    for field in left_out["fields"]:
        gone = draws.chance(left_out["share"])
        outer, _, inner = field.rpartition(".")
        holder = person[outer] if outer else person
        if gone and not keep_all and isinstance(holder, dict):
            holder.pop(inner, None)
    return person
