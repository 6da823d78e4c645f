"""What deriving facts needs of a rulebook in force, prepared once and kept with it."""

from typing import TYPE_CHECKING, Any

from eligibility.facts.memory import Memory
from programs.packs.schema.measures import Credential, Experience
from programs.rulebook import RulebookInForce

if TYPE_CHECKING:
    from eligibility.facts.study import CountedStudy
    from eligibility.facts.work import CountedWork

_KEY = "facts"


class Prepared:
    """Counting rules, and what was worked out of answers that come again (a test's chart, a kind of job)."""

    def __init__(self, book: RulebookInForce) -> None:
        """Prepare a rulebook in force."""
        self.memory = Memory()
        self.full_time = book.counting("full_time_hours_per_week") * 1000
        self.hours_per_year = book.counting("hours_per_year_of_work")
        self.language_years = book.counting("language_result_years")
        self.assessment_years = book.counting("credential_assessment_years")
        self.kinds_of_job: dict[Any, int] = self.memory.table()
        self.kinds_of_study: dict[Any, int] = self.memory.table()
        self.charts: dict[Any, Any] = self.memory.table()
        self.readings: dict[Any, Any] = self.memory.table()
        self.scores_found_right: dict[Any, Any] = self.memory.table()
        self.certified: dict[Any, Any] = self.memory.table()
        self.experience: dict[Experience, CountedWork] = {}
        self.credential: dict[Credential, CountedStudy] = {}


def prepared(book: RulebookInForce) -> Prepared:
    """What is prepared for a rulebook; made at the first asking."""
    found = book.cache.get(_KEY)
    if isinstance(found, Prepared):
        return found
    found = book.cache.setdefault(_KEY, Prepared(book))
    assert isinstance(found, Prepared)
    return found


def share_prepared(book: RulebookInForce, other: RulebookInForce) -> None:
    """Let another rulebook use what is prepared for this one. Facts must come out alike under both."""
    other.cache.setdefault(_KEY, prepared(book))
