"""Programs, findings and scores made by hand, as the engine would give them for Asha and the others."""

import datetime as dt
from typing import Any

from eligibility.engine.assessment import (
    Assessment,
    Citation,
    ConditionFinding,
    Finding,
    IntakeState,
    Line,
    NextStep,
    NoticeShown,
    OutlookState,
    ProgramFact,
    ProgramResult,
    ProgramTold,
    RouteFinding,
    Score,
)
from eligibility.profile import Profile, read_profile

TODAY = dt.date(2026, 11, 21)
CANADA = "https://www.canada.ca/en/immigration-refugees-citizenship/services/immigrate-canada/express-entry.html"
IRPR = "https://laws-lois.justice.gc.ca/eng/regulations/SOR-2002-227/"
ABILITIES = ("Listening", "Reading", "Writing", "Speaking")


def citation(**changes: Any) -> Citation:
    """A source that a person read in June 2026."""
    given: dict[str, Any] = {
        "source": IRPR,
        "provision": "IRPR s. 75(2)",
        "as_of": "2026-06-14",
        "confidence": "confirmed",
        "caution": None,
        "title": None,
    }
    return Citation(**given | changes)


def finding(identifier: str = "language", **changes: Any) -> Finding:
    """A requirement that is met."""
    met = changes.pop("met", True)
    given: dict[str, Any] = {
        "id": identifier,
        "text": "You need CLB 7 or more in each of the four abilities.",
        "met": met,
        "needed": "CLB 7 or more",
        "yours": "CLB 9",
        "gap": None,
        "missing": (),
        "needs_a_person": False,
        "effective_from": dt.date(2015, 1, 1),
        "citation": citation(),
    }
    given |= changes
    part = ConditionFinding(met, "First official language", given["needed"], given["yours"], given["gap"])
    given.setdefault("routes", (RouteFinding(met, (part,)),))
    return Finding(**given)


MISSED_WORK = finding(
    "canadian-work",
    met=False,
    text="You need one year of skilled work in Canada in the last three years.",
    needed="12 months or more",
    yours="0 months",
    gap="12 months short",
)
UNKNOWN_FUNDS = finding(
    "funds",
    met=None,
    text="You need enough money to settle.",
    needed="CAD 15,263 or more",
    yours="not known yet",
    missing=("settlement_funds_cad",),
)
A_PERSON = finding(
    "admissible",
    met=None,
    text="Nobody in your family may be inadmissible.",
    needs_a_person=True,
    needed="to be confirmed by you",
    yours="",
)
NO_ROUND = OutlookState(
    "unlikely",
    "No round since 2024-04-23 has invited people from abroad on their score alone. Rounds of 2026 took people with "
    "Canadian work (cut-offs 507 to 523), French (382 to 420) or a nomination.",
    citation(source=CANADA, provision=None, as_of="2026-10-01", title="Rounds of invitations"),
)


def outlook(realistic: Any, text: str = "A willing employer can bring you.") -> OutlookState:
    """An outlook of the given kind."""
    return OutlookState(realistic, text, citation(source=CANADA, provision=None))


def intake(status: Any = "open", **changes: Any) -> IntakeState:
    """An intake of the given state."""
    given: dict[str, Any] = {
        "since": dt.date(2015, 1, 1),
        "until": None,
        "note": None,
        "citation": citation(source=CANADA, provision=None),
    }
    return IntakeState(status=status, **given | changes)


def program(identifier: str = "fsw", *requirements: Finding, **changes: Any) -> ProgramResult:
    """A program with these requirements and the verdict they make."""
    found = requirements or (finding(),)
    verdict: Any = "eligible"
    if any(one.met is False for one in found):
        verdict = "not_eligible"
    elif any(one.met is None for one in found):
        verdict = "likely" if all(one.needs_a_person for one in found if one.met is None) else "unknown"
    given: dict[str, Any] = {
        "name": "Federal Skilled Worker Program",
        "authority": "federal",
        "category": "express_entry",
        "leads_to": "permanent_residence",
        "summary": "For skilled workers, wherever they worked.",
        "official_url": CANADA,
        "intake": intake(),
        "outlook": None,
        "version": "2015",
        "effective_from": dt.date(2015, 1, 1),
        "grids": (),
        "facts": (),
        "next_steps": (),
        "not_checked": None,
        "express_entry_linked": True,
        "express_entry_option": False,
        "notices": (),
    } | changes
    verdict, found = given.pop("verdict", verdict), given.pop("requirements", found)
    return ProgramResult(ProgramTold(id=identifier, **given), verdict, found)


def line(identifier: str, points: int, cap: int | None, **changes: Any) -> Line:
    """A line of a grid."""
    given: dict[str, Any] = {
        "name": identifier.replace("_", " ").capitalize(),
        "role": "factor",
        "high": points,
        "yours": "",
        "missing": (),
        "citation": citation(source=CANADA, provision="Ministerial Instructions", as_of="2026-08-24"),
    }
    return Line(id=identifier, points=points, cap=cap, **given | changes)


def crs(**changes: Any) -> Score:
    """Asha's CRS: 478, as added up by hand from the official grid."""
    abilities = tuple(
        line(name.lower(), points, 34, role="part", yours=level)
        for name, points, level in zip(
            ABILITIES, (34, 34, 31, 34), ("CLB 10", "CLB 10", "CLB 9", "CLB 10"), strict=True
        )
    )
    lines = (
        line(
            "core",
            378,
            500,
            role="section",
            name="Core human capital factors",
            children=(
                line("age", 110, 110, yours="29 years"),
                line("education", 135, 150, yours="a master's degree"),
                line("first_language", 133, 136, name="First official language", children=abilities),
                line("canadian_work", 0, 80, yours="0 years"),
            ),
        ),
        line(
            "transferability",
            100,
            100,
            role="section",
            name="Skill transferability factors",
            children=(
                line("education_language", 50, 50, yours="a master's degree, CLB 9 in all four abilities"),
                line(
                    "foreign_work_language",
                    50,
                    50,
                    yours="3 years or more, CLB 9",
                    remarks=("The public tool's wording counts work in one occupation only.",),
                ),
            ),
        ),
        line("additional", 0, 600, role="section", name="Additional points"),
    )
    given: dict[str, Any] = {
        "name": "Comprehensive Ranking System (CRS)",
        "total": 478,
        "range": (478, 478),
        "complete": True,
        "pass_mark": None,
        "maximum": 1200,
        "version": "crs-2025-03-25",
        "effective_from": dt.date(2025, 3, 25),
        "official_url": CANADA,
        "lines": lines,
        "language_choice": "First official language: English, IELTS General Training of 2026-02-14.",
        "by_program": {},
    }
    return Score(id="crs", **given | changes)


def fsw67(**changes: Any) -> Score:
    """Asha's selection points: 74 of 100."""
    factors = (
        ("language", 24, 28),
        ("education", 23, 25),
        ("experience", 15, 15),
        ("age", 12, 12),
        ("arranged_employment", 0, 10),
        ("adaptability", 0, 10),
    )
    given: dict[str, Any] = {
        "name": "Federal Skilled Worker points",
        "total": 74,
        "range": (74, 74),
        "complete": True,
        "pass_mark": 67,
        "maximum": 100,
        "version": "fsw67-2015",
        "effective_from": dt.date(2015, 1, 1),
        "official_url": CANADA,
        "lines": tuple(line(*factor) for factor in factors),
        "language_choice": None,
        "by_program": {},
    }
    return Score(id="fsw67", **given | changes)


def step(text: str, done_by: str | None = None) -> NextStep:
    """Something to do, at an address of its own."""
    return NextStep(text, f"{CANADA}#{text}", done_by)


NOTICE = NoticeShown(
    "crs-high-wage-2026",
    "The points system is reported to have changed",
    "Two unofficial sources report a change.",
    ("crs",),
    "reported",
    dt.date(2026, 11, 3),
    (("https://example.org/report", "A report", "2026-11"),),
)


def ashas_programs() -> tuple[ProgramResult, ...]:
    """One program for each place on the page."""
    step = NextStep("Create an Express Entry profile.", CANADA)
    fact = ProgramFact("fee", "You pay 1,590 CAD in government fees.", 1590.0, citation())
    family = ProgramFact("family_partner", "Your partner may come with you.", None, citation())
    return (
        program(
            "fsw",
            finding(),
            A_PERSON,
            outlook=NO_ROUND,
            next_steps=(step,),
            facts=(fact, family),
            grids=("fsw67", "crs"),
        ),
        program("cec", finding(), MISSED_WORK, name="Canadian Experience Class"),
        program("fst", MISSED_WORK, finding("offer", met=False), name="Federal Skilled Trades Program"),
        program("category-french", UNKNOWN_FUNDS, name="French-language proficiency", category="ee_category"),
        program("gts", UNKNOWN_FUNDS, name="Global Talent Stream", category="work_permit", leads_to="work_permit"),
        program(
            "h1b-2023",
            finding(),
            name="H-1B open work permit (2023)",
            category="work_permit",
            intake=intake("cap_reached", since=dt.date(2023, 7, 18), note="Full within two days."),
        ),
        program(
            "h1b-announced",
            name="Accelerated pathway for H-1B holders",
            category="other",
            verdict=None,
            intake=intake("announced", since=dt.date(2025, 11, 4)),
            leads_to="unknown",
        ),
    )


def assessment(**changes: Any) -> Assessment:
    """What the rulebook says of Asha."""
    given: dict[str, Any] = {
        "id": "asha",
        "as_of": TODAY,
        "rulebook": "packs",
        "clb": {},
        "scores": {"crs": crs(), "fsw67": fsw67()},
        "programs": ashas_programs(),
        "notices": (NOTICE,),
    }
    return Assessment(**given | changes)


def profile(**answers: Any) -> Profile:
    """A profile with these answers, as of today."""
    return read_profile({"as_of": TODAY.isoformat(), **answers})
