"""Ties to Canada: a job offer, relatives."""

from collections.abc import Mapping
from typing import Any

from eligibility.demo.population.draws import Draws
from eligibility.demo.population.traits import Traits

_HOURS_A_YEAR = 2080


def job_offer(traits: Traits, draws: Draws, statistics: Mapping[str, Any]) -> dict[str, Any] | None:
    """An offer in the person's own occupation, for those who have one."""
    ties = statistics["canadian_ties"]
    province = draws.of_weights(ties["provinces"])
    hourly = traits.pay * draws.between(ties["pay_ratio"]) / _HOURS_A_YEAR
    permit, inside = draws.of_weights(ties["offer_permit"]), draws.chance(ties["offer_inside_company"])
    permanent = draws.chance(ties["offer_permanent"])
    years, staff = draws.between(ties["employer_years"]), draws.between(ties["employer_staff"])
    near_median = draws.between((0.75, 1.15))
    designated = draws.chance(ties["employer_designated"]["share"])
    if traits.tie != "job_offer":
        return None
    hourly = float(traits.given.get("offer_hourly", round(hourly, 2)))
    province = traits.given.get("offer_province", province)
    return {
        "noc": traits.noc,
        "province": province,
        "hours_per_week": 40,
        "duration_months": None if permanent else 24,
        "permanent": permanent,
        "annual_wage": round(hourly * _HOURS_A_YEAR),
        "hourly_wage": hourly,
        "lmia": permit,
        "employer_years_in_business": round(years),
        "intra_company": inside,
        "seasonal": False,
        "months_in_this_job": 0,
        "works_there_now": False,
        "supports_nomination": True,
        "local_median_hourly_wage": round(hourly * near_median, 2),
        "employer": {
            "years_in_province": round(years),
            "full_time_staff": round(staff),
            "annual_revenue_cad": round(staff) * 150_000,
            "naics": _sector(traits.noc, ties["employer_sector"]),
            "public_body": False,
            "applicant_ownership_percent": 0,
            "category_a_referral": False,
            "designated_for": _designated_for(province, designated, ties["employer_designated"]),
        },
    }


def _sector(noc: str, sectors: Mapping[str, str]) -> str:
    """The sector of the longest beginning that the occupation has."""
    return sectors[max((digits for digits in sectors if noc.startswith(digits)), key=len)]


def _designated_for(province: str, designated: bool, where: Mapping[str, Any]) -> list[str]:
    return [where["program"]] if designated and province in where["provinces"] else []


def relatives(traits: Traits, draws: Draws, statistics: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A brother or sister, or now and then someone further off."""
    ties = statistics["canadian_ties"]
    province, citizen = draws.of_weights(ties["provinces"]), draws.chance(0.5)
    other, relation = draws.chance(ties["other_relative"]), draws.of_weights({"cousin": 0.6, "aunt_uncle": 0.4})
    if traits.tie == "sibling":
        relation = "sibling"
    elif traits.given or not other:
        return []
    status = "citizen" if citizen else "permanent_resident"
    return [{"relation": relation, "status": status, "province": province, "of": "applicant", "age_18_or_over": True}]
