"""What is drawn of a person before their life is written out: who they are, in a dozen words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from eligibility.demo.population.draws import Draws

YOUNGEST_AT_WORK = 0.5


@dataclass(frozen=True, slots=True)
class Traits:
    """A person in short. `age`, `worked` and `h1b_years` are in years; `level` is that of the weakest ability.

    `worked` is given for personas only; of others it follows from age and studies.
    """

    id: str
    country: str
    age: float
    noc: str
    degree: str
    in_us: bool
    worked: float | None
    h1b_years: float
    petition_approved: bool
    pay: int
    level: int
    french_level: int | None
    family: str
    marriage: str
    children: int
    tie: str
    days_since_job_loss: int | None
    denied: bool
    open_permit_months: int | None
    given: Mapping[str, Any]


def draw_traits(identifier: str, draws: Draws, statistics: Mapping[str, Any], given: Mapping[str, Any]) -> Traits:
    """Draw a person. What is `given` (of a persona) stands in place of what was drawn."""

    def pick(name: str, draw: Callable[[], Any]) -> Any:
        drawn = draw()
        return given.get(name, drawn)

    is_persona = bool(given)
    h1b, family, ties = statistics["h1b"], statistics["family"], statistics["canadian_ties"]
    country = pick("country", lambda: draws.of_weights(statistics["country_of_birth"]["countries"]))
    age = given.get("age", int(draws.of_bands(statistics["age"]["bands"]))) + draws.between((0.0, 0.95))
    noc = pick("noc", lambda: draws.of_weights(statistics["occupation"]["groups"]))
    degree = pick("degree", lambda: _degree(noc, age, draws, statistics["degree"]))
    h1b_years = pick("h1b_years", lambda: draws.of_bands(h1b["years"]))
    open_permit_months = pick("open_permit_months", lambda: _open_permit(draws, statistics, is_persona))
    since_then = statistics["open_work_permit_2023"]["h1b_years_at_least"]
    if not is_persona and age < statistics["degree"]["levels"][degree]["finished_at"][1] + since_then + 1:
        open_permit_months = None
    if open_permit_months is not None and not is_persona:
        h1b_years = max(h1b_years, since_then)
    kind = pick("family", lambda: draws.of_weights(family["kinds"]))
    return Traits(
        id=identifier,
        country=country,
        age=age,
        noc=noc,
        degree=degree,
        in_us=pick("in_us", lambda: draws.chance(statistics["degree"]["levels"][degree]["earned_in_us"])),
        worked=given.get("worked"),
        h1b_years=h1b_years,
        petition_approved=pick("petition_approved", lambda: _petition(country, h1b_years, draws, statistics)),
        pay=pick("pay", lambda: _pay(noc, draws, statistics["occupation"])),
        level=pick("level", lambda: _level(country, draws, statistics)),
        french_level=pick("french_level", lambda: _french(country, draws, statistics, is_persona)),
        family=kind,
        marriage=pick("marriage", lambda: draws.of_weights(family["alone" if kind == "single" else "together"])),
        children=pick("children", lambda: int(draws.of_weights(family["children"]))),
        tie=pick("tie", lambda: draws.of_weights(ties["weights"])),
        days_since_job_loss=pick("days_since_job_loss", lambda: _days_since(draws, h1b, is_persona)),
        denied=draws.chance(h1b["denied"]["share"]) and not is_persona,
        open_permit_months=open_permit_months,
        given=given,
    )


def _degree(noc: str, age: float, draws: Draws, degree: Mapping[str, Any]) -> str:
    drawn = str(draws.of_weights(degree["by_occupation"].get(noc, degree["weights"])))
    first = {level: entry["finished_at"][0] for level, entry in degree["levels"].items()}
    if first[drawn] <= age - YOUNGEST_AT_WORK:
        return drawn
    possible: list[str] = [level for level in first if first[level] <= age - YOUNGEST_AT_WORK]
    return max(possible, key=lambda level: first[level])


def _pay(noc: str, draws: Draws, occupation: Mapping[str, Any]) -> int:
    group = {**occupation["pay"], **occupation["groups"].get(noc, {})}
    return int(round(draws.log_normal(group["median"], group["sigma"]), -3))


def _petition(country: str, years: float, draws: Draws, statistics: Mapping[str, Any]) -> bool:
    """Beyond the limit everyone has one; the others make up the rest of the country's share."""
    born, h1b = statistics["country_of_birth"], statistics["h1b"]
    share = born["countries"].get(country, {}).get("petition_approved", born["petition_approved_elsewhere"])
    beyond = sum(band["weight"] for band in h1b["years"] if band["from"] >= h1b["limit_years"])
    drawn = draws.chance(max(0.0, (share - beyond) / (1 - beyond)))
    return years >= h1b["limit_years"] or drawn


def _level(country: str, draws: Draws, statistics: Mapping[str, Any]) -> int:
    drawn = int(draws.of_weights(statistics["language"]["levels"]))
    at_home = statistics["country_of_birth"]["countries"].get(country, {}).get("english", 1)
    return drawn if draws.chance(at_home) else drawn - 1


def _french(country: str, draws: Draws, statistics: Mapping[str, Any], is_persona: bool) -> int | None:
    french = statistics["language"]["french"]
    native = draws.chance(statistics["country_of_birth"]["countries"].get(country, {}).get("french", 0))
    much, some = draws.chance(french["much"]), draws.chance(french["some"])
    much_level, some_level = draws.of_weights(french["much_levels"]), draws.of_weights(french["some_levels"])
    if is_persona:
        return None
    if native or much:
        return int(much_level)
    return int(some_level) if some else None


def _days_since(draws: Draws, h1b: Mapping[str, Any], is_persona: bool) -> int | None:
    lost, days = draws.chance(h1b["recently_lost_job"]), draws.between(h1b["days_since"])
    return round(days) if lost and not is_persona else None


def _open_permit(draws: Draws, statistics: Mapping[str, Any], is_persona: bool) -> int | None:
    permit = statistics["open_work_permit_2023"]
    holds, months = draws.chance(permit["share"]), draws.between(permit["months_there"])
    return round(months) if holds and not is_persona else None
