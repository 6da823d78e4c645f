"""A rulebook small enough to be made anew for every test, and facts under it. Reading the packs takes seconds."""

from typing import Any

from eligibility.facts import Facts
from eligibility.profile import read_profile
from programs.packs.schema.common import Text
from programs.packs.schema.tables import LanguageTest, ReferenceTable
from programs.rulebook import RulebookInForce, UnitGroup, build
from tests.profiles import AS_OF

CITED = {"source": "https://example.org/rules", "as_of": "2026-11-21"}
ABILITIES = ("listening", "reading", "writing", "speaking")
OCCUPATIONS = [
    UnitGroup("21231", Text(en="Software engineers", fr="Ingénieurs en logiciel"), 1),
    UnitGroup("63200", Text(en="Cooks", fr="Cuisiniers"), 3),
    UnitGroup("75110", Text(en="Labourers", fr="Manœuvres"), 5),
]
COUNTED = {
    "hours_per_year_of_work": 1560,
    "full_time_hours_per_week": 30,
    "language_result_years": 2,
    "credential_assessment_years": 5,
    "dependent_child_below_age": 22,
}
COUNTING = ReferenceTable.model_validate(
    {
        "id": "counting",
        "name": "Counting",
        "authority": "federal",
        "unit": "figures",
        "versions": [
            {
                "version": "2026",
                "effective_from": "2020-01-01",
                **CITED,
                "rows": [{"at": name, "value": figure} for name, figure in COUNTED.items()],
            }
        ],
    }
)


def chart(
    name: str, levels: dict[int, float], *, step: float = 1, lowest: float = 0, highest: float = 20, **changes: Any
) -> dict[str, Any]:
    """A conversion on which all abilities are read alike."""
    scale = {"minimum": lowest, "maximum": highest, "step": step, "levels": levels}
    read = dict.fromkeys(ABILITIES, scale)
    return {"id": name, "effective_from": "2020-01-01", **CITED, "abilities": read, **changes}


def language_test(
    name: str, *charts: dict[str, Any], languages: tuple[str, ...] = ("en",), **changes: Any
) -> LanguageTest:
    """A language test with its conversions."""
    written = {"id": name, "name": name.title(), "languages": languages, "official_url": "https://example.org/test"}
    return LanguageTest.model_validate({**written, "conversions": charts, **changes})


def small_book(*documents: Any) -> RulebookInForce:
    """The counting rules, three occupations, and these documents."""
    return build([COUNTING, *documents], OCCUPATIONS, "small").on(AS_OF)


def facts(*documents: Any, **answers: Any) -> Facts:
    """Facts of someone who gave these answers and no other."""
    return Facts(read_profile({"as_of": AS_OF.isoformat(), **answers}), small_book(*documents))
