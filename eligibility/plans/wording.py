"""A plan in words: its goal, its steps, and how much work, money and luck they take."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from eligibility.engine.assessment import Assessment
from eligibility.planning.options import Option
from eligibility.results import words
from eligibility.wizard.places import province_name

CERTAINTIES: dict[str, Promise] = {
    "sure": gettext_lazy("Sure"),
    "likely": gettext_lazy("Likely"),
    "possible": gettext_lazy("Possible"),
    "hard": gettext_lazy("Hard to get"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What factors, requirements, programs and grids are called, from an assessment in the reader's language."""

    assessment: Assessment
    language: str

    def program(self, identifier: str) -> str:
        """A program's name."""
        return next((one.name for one in self.assessment.programs if one.id == identifier), identifier)

    def grid(self, identifier: str) -> str:
        """A grid's name."""
        score = self.assessment.scores.get(identifier)
        return score.name if score else identifier

    def factor(self, grid: str, identifier: str) -> str:
        """A factor's name."""
        score = self.assessment.scores.get(grid)
        lines = score.walk() if score else ()
        return next((line.name for line in lines if line.id == identifier), identifier.replace("_", " "))

    def limit(self, grid: str, identifier: str) -> str:
        """What a limit of a factor, a group or a section is called."""
        return words.limit_name(self.factor(grid, identifier))

    def requirement(self, program: str, identifier: str) -> str:
        """A requirement's text."""
        found = next((one for one in self.assessment.programs if one.id == program), None)
        requirements = found.requirements if found else ()
        return next((one.text for one in requirements if one.id == identifier), identifier)

    def step(self, option: Option) -> str:
        """What is to be done, with the place where it could be in several."""
        label = option.lever.label.in_language(self.language)
        if option.program is not None:
            return f"{label}: {self.program(option.program)}"
        place = [province_name(option.province)] if option.province else []
        place += [gettext("NOC %(code)s") % {"code": option.noc}] if option.noc else []
        return " – ".join([label, ", ".join(place)]) if place else label


def weeks_text(weeks: float) -> str:
    """How much work something is."""
    if weeks < 1:
        return gettext("less than a week") if weeks else gettext("no work")
    return ngettext("%(count)s week", "%(count)s weeks", round(weeks)) % {"count": words.number(round(weeks))}


def cost_text(cost: float) -> str:
    """What something costs."""
    return gettext("CAD %(cost)s") % {"cost": words.number(round(cost))} if cost else gettext("free")


def goal_text(written: str, names: Names) -> str:
    """A goal in words."""
    kind, _colon, rest = written.partition(":")
    if kind == "program":
        return gettext("To qualify for %(program)s") % {"program": names.program(rest)}
    if kind == "round":
        return gettext("To reach the last cut-off of a round you could be in")
    if kind == "door":
        return gettext("To open one more door")
    return gettext("%(grid)s: to reach %(points)s points") % {
        "points": words.number(int(rest)),
        "grid": names.grid(kind),
    }


def titles(options: Iterable[Option], names: Names) -> tuple[str, ...]:
    """The steps of a plan by name."""
    return tuple(names.step(option) for option in options)
