"""Conditions read aloud for everyone: one sentence each, in the reader's language, nobody's answers in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext

from eligibility.engine.measures import rank
from eligibility.engine.words import Words
from eligibility.results.words import join
from eligibility.wizard.forms.relatives import RELATIONS
from eligibility.wizard.places import country_name, province_name
from programs.packs.schema.common import Text
from programs.packs.schema.conditions import (
    Compare,
    Condition,
    HasRelative,
    InList,
    Judgement,
    MainTeer,
    ProgramVerdict,
    Route,
)
from programs.packs.schema.grids import GridVersion
from programs.packs.schema.measures import Credential, Experience, Measure
from programs.packs.schema.programs import ProgramVersion
from programs.rulebook import FactEntry, Rulebook, vocabulary

_OCCUPATIONS = {
    "job_offer": gettext_lazy("the job offer"),
    "main_occupation": gettext_lazy("your main occupation"),
    "trade_certificate": gettext_lazy("your trade certificate"),
    "partner_job_offer": gettext_lazy("your partner's job offer"),
}
_STATUSES = {
    "citizen": gettext_lazy("a Canadian citizen"),
    "permanent_resident": gettext_lazy("a permanent resident of Canada"),
}
_COLUMNS = {"hourly_floor": gettext_lazy("hourly wage floor"), "level": gettext_lazy("level")}
# The comparison of one thing with another that has a name of its own.
_WITH_ANOTHER = {
    ">=": gettext_lazy("%(what)s: at least %(other)s"),
    ">": gettext_lazy("%(what)s: more than %(other)s"),
    "<=": gettext_lazy("%(what)s: at most %(other)s"),
    "<": gettext_lazy("%(what)s: less than %(other)s"),
    "==": gettext_lazy("%(what)s: the same as %(other)s"),
    "!=": gettext_lazy("%(what)s: another than %(other)s"),
    "in": gettext_lazy("%(what)s: within %(other)s"),
    "not_in": gettext_lazy("%(what)s: outside %(other)s"),
    "contains": gettext_lazy("%(what)s: also %(other)s"),
    "contains_none": gettext_lazy("%(what)s: not %(other)s"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a condition asks. `address` leads to the list, grid or program it speaks of, if it speaks of one."""

    text: str
    address: str = ""
    for_a_person: bool = False


def _or(names: Iterable[str]) -> str:
    *firsts, last = [str(name) for name in names]
    return gettext("%(firsts)s or %(last)s") % {"firsts": ", ".join(firsts), "last": last} if firsts else last


def entry_of(measure: Measure) -> FactEntry | None:
    """The vocabulary's entry for what is measured; None for work, study, scores and figures of lists."""
    if measure.fact is None:
        return None
    return vocabulary().facts.get(measure.fact) or vocabulary().facts[f"{measure.fact}_lowest"]


class Reader:
    """Reads conditions aloud, with the names that the rulebook gives lists, grids, tables and programs."""

    def __init__(self, rulebook: Rulebook, language: str) -> None:
        self._words = Words(language)
        self._language = language
        self._names: dict[tuple[str, str], Text | None] = {
            (document.kind, document.id): getattr(document, "name", None) for document in rulebook.documents
        }
        self._occupations = rulebook.occupations

    def name(self, kind: str, identifier: str) -> str:
        """What a document of the rulebook is called."""
        name = self._names.get((kind, identifier))
        return name.in_language(self._language) if name else identifier

    def text(self, text: Text) -> str:
        """A rule's text."""
        return text.in_language(self._language)

    def note_of(self, version: ProgramVersion | GridVersion) -> str:
        """What a version says of itself."""
        return self.text(version.note) if version.note else ""

    def occupation(self, code: str) -> str:
        """A unit group's code and title."""
        group = self._occupations.get(code)
        return f"{code} {self.text(group.title)}" if group else code

    def figure(self, value: float, unit: str) -> str:
        """A figure of a reference table."""
        return self._words.money(value, unit) if unit.startswith("CAD") else self._words.figure(value)

    @staticmethod
    def row(at: object) -> str:
        """What a row of a reference table stands for."""
        return province_name(str(at))

    def route_text(self, route: Route) -> str:
        """What a route asks, as one sentence."""
        return join([sentence.text for sentence in self.route(route)])

    def route(self, route: Route) -> tuple[Sentence, ...]:
        """What a route asks: all of these."""
        return tuple(self.condition(condition) for condition in route)

    def condition(self, condition: Condition) -> Sentence:
        """What one condition asks."""
        match condition:
            case InList():
                return self._in_list(condition)
            case MainTeer():
                text = gettext("Most of your work is in TEER %(categories)s: %(which)s")
                which = "; ".join(self._experience(condition.main_teer_of)) or gettext("all work")
                return Sentence(text % {"categories": _or(map(str, condition.teer)), "which": which})
            case HasRelative():
                return Sentence(self._relative(condition))
            case ProgramVerdict():
                name = self.name("program", condition.program)
                return Sentence(
                    gettext("You qualify for: %(program)s") % {"program": name},
                    reverse("eligibility:program", args=[condition.program]),
                )
            case Judgement():
                return Sentence(condition.judgement.in_language(self._language), for_a_person=True)
            case Compare():
                return self._compare(condition)

    def one(self, entry: FactEntry, value: Any) -> str:
        """One value of a fact, with names in the place of codes."""
        kind = entry.of if entry.type == "set" else entry.type
        if kind == "province" and isinstance(value, str):
            return province_name(value)
        if kind == "country" and isinstance(value, str):
            return country_name(value)
        if kind == "occupation":
            return self.occupation(str(value))
        if entry.type == "set":
            label = entry.choice_labels.get(str(value))
            # Employers are designated for programs, and letters invite to them.
            return self.text(label) if label else self.name("program", str(value))
        return self._words.one(entry, rank(entry, value))

    def bare(self, entry: FactEntry, value: int) -> str:
        """A bound of a range, without its unit: the head of the table tells that."""
        return self.one(entry, value) if entry.type == "clb" else self._words.figure(value)

    def cap_when(self, fact: str, *, is_so: bool, cap: int) -> str:
        """The other cap of a factor, and when it holds."""
        entry = vocabulary().facts[fact]
        text = (
            ngettext(
                "At most %(count)d point where this holds: %(fact)s.",
                "At most %(count)d points where this holds: %(fact)s.",
                cap,
            )
            if is_so
            else ngettext(
                "At most %(count)d point where this does not hold: %(fact)s.",
                "At most %(count)d points where this does not hold: %(fact)s.",
                cap,
            )
        )
        label = self.text(entry.label)
        return text % {"count": cap, "fact": label[:1].lower() + label[1:]}

    @staticmethod
    def level_entry(measure: Measure) -> FactEntry:
        """How the values of work, study, scores and lists' figures are spoken of."""
        is_level = measure.credential is not None and measure.credential.gives == "level"
        return FactEntry("", "level" if is_level else "number", _NOTHING, ())

    def measure(self, measure: Measure) -> str:
        """What is measured, as the head of a table's rows or columns."""
        entry = entry_of(measure)
        if entry is not None:
            named = vocabulary().language_sets.get(measure.fact or "")
            return (named or entry).label.in_language(self._language)
        if measure.experience is not None:
            return "; ".join((self._work_in(measure), *self._experience(measure.experience)))
        if measure.credential is not None:
            return "; ".join((self._study(measure.credential), *self._credential(measure.credential)))
        if measure.grid is not None:
            return self.name("grid", measure.grid)
        assert measure.list_level is not None
        return gettext("%(figure)s on the list “%(list)s”") % {
            "figure": capfirst(str(_COLUMNS.get(measure.list_level.column, measure.list_level.column))),
            "list": self.name("occupation_list", measure.list_level.occupation_list),
        }

    def _in_list(self, condition: InList) -> Sentence:
        identifier = condition.in_list or condition.not_in_list or ""
        text = (
            gettext("The occupation of %(whose)s is on the list “%(list)s”")
            if condition.in_list
            else gettext("The occupation of %(whose)s is not on the list “%(list)s”")
        )
        parts = {"whose": _OCCUPATIONS[condition.occupation_of], "list": self.name("occupation_list", identifier)}
        return Sentence(text % parts, reverse("eligibility:occupation_list", args=[identifier]))

    def _relative(self, condition: HasRelative) -> str:
        relative = condition.relative
        text = (
            gettext("You have a relative in %(where)s (%(relations)s), %(status)s")
            if condition.expected
            else gettext("You have no relative in %(where)s (%(relations)s), %(status)s")
        )
        parts = {
            "where": _or(map(province_name, relative.provinces)) if relative.provinces else gettext("Canada"),
            "relations": _or(str(RELATIONS.get(name, name)).lower() for name in relative.relations),
            "status": _or(str(_STATUSES[status]) for status in relative.statuses),
        }
        return text % parts + (gettext(", aged 18 or over") if relative.adult else "")

    def _compare(self, condition: Compare) -> Sentence:
        if condition.value is None:
            return self._with_another(condition)
        if condition.experience is not None:
            return Sentence(self._with_details(self._amount_of_work(condition), self._experience(condition.experience)))
        if condition.credential is not None:
            return Sentence(
                self._with_details(self._amount_of_study(condition), self._credential(condition.credential))
            )
        if condition.grid is not None:
            text = gettext("Your points in “%(grid)s”: %(needed)s") % {
                "grid": self.name("grid", condition.grid),
                "needed": self._needed(FactEntry("", "number", _NOTHING, ()), condition.op, condition.value),
            }
            return Sentence(text, reverse("eligibility:points", args=[condition.grid]))
        entry = entry_of(condition)
        if entry is None:
            entry = FactEntry("", "number", _NOTHING, ())
        label = self.measure(condition)
        if entry.type == "boolean" and condition.value is (condition.op == "=="):
            return Sentence(label)
        return Sentence(f"{label}: {self._needed(entry, condition.op, condition.value)}")

    def _needed(self, entry: FactEntry, op: str, value: Any) -> str:
        """What a comparison with a value asks for, in words."""
        words = self._words
        if isinstance(value, tuple):
            names = self._names_of(entry, value)
            return words.say("none_of", values=names) if op in ("not_in", "contains_none") else names
        key = {">=": "or_more", "<=": "at_most", ">": "more_than", "<": "less_than", "!=": "not"}.get(op)
        text = self.one(entry, value)
        if op == "contains_none":
            return words.say("none_of", values=text)
        return words.say(key, value=text) if key else text

    def _names_of(self, entry: FactEntry, values: Sequence[Any]) -> str:
        """Several values as one phrase: TEER 0 or 1; names that hold commas themselves are told apart by more."""
        if entry.unit == "TEER":
            return gettext("TEER %(categories)s") % {"categories": _or(map(str, values))}
        names = [self.one(entry, value) for value in values]
        return "; ".join(names) if any("," in name for name in names) else _or(names)

    def _with_another(self, condition: Compare) -> Sentence:
        what = self.measure(condition)
        address = ""
        if condition.other_fact is not None:
            other = gettext("“%(fact)s”") % {
                "fact": vocabulary().facts[condition.other_fact].label.in_language(self._language)
            }
        elif condition.table is not None:
            address = f"#table-{condition.table}"
            by = vocabulary().facts[condition.by or ""].label.in_language(self._language)
            other = gettext("the figure of the table “%(table)s”, by %(row)s") % {
                "table": self.name("reference_table", condition.table),
                "row": by[:1].lower() + by[1:],
            }
        else:
            identifier = condition.list_figure or ""
            address = reverse("eligibility:occupation_list", args=[identifier])
            other = gettext("the %(figure)s that the list “%(list)s” gives %(whose)s, if it gives one") % {
                "figure": _COLUMNS.get(condition.column or "", condition.column),
                "list": self.name("occupation_list", identifier),
                "whose": _OCCUPATIONS[condition.of or "job_offer"],
            }
        return Sentence(str(_WITH_ANOTHER[condition.op]) % {"what": what, "other": other}, address)

    @staticmethod
    def _with_details(head: str, details: Sequence[str]) -> str:
        return f"{head}: {'; '.join(details)}" if details else head

    def _work_in(self, measure: Measure) -> str:
        return {
            "years": gettext("Years of paid work"),
            "months": gettext("Months of paid work"),
            "hours": gettext("Hours of paid work"),
        }[measure.unit or "months"]

    def _amount_of_work(self, condition: Compare) -> str:
        entry = FactEntry("", "number", _NOTHING, (), unit=condition.unit)
        return gettext("Paid work, %(needed)s") % {"needed": self._needed(entry, condition.op, condition.value)}

    def _experience(self, work: Experience) -> tuple[str, ...]:
        """What work must be like for it to count, each as a phrase of its own."""
        places = [*map(province_name, work.provinces)] or [*map(country_name, work.countries)]
        outside = [*map(country_name, work.not_countries), *map(province_name, work.not_provinces)]
        found: list[tuple[object, str]] = [
            (work.person == "partner", gettext("done by your partner")),
            (places, gettext("in %(places)s") % {"places": _or(places) if places else ""}),
            (outside, gettext("outside %(places)s") % {"places": _or(outside) if outside else ""}),
            (
                work.teer,
                gettext("in TEER %(categories)s") % {"categories": _or(map(str, work.teer)) if work.teer else ""},
            ),
            (
                work.occupation_list,
                gettext("in an occupation of the list “%(list)s”")
                % {"list": self.name("occupation_list", work.occupation_list or "")},
            ),
            (
                work.not_occupation_list,
                gettext("in an occupation that is not on the list “%(list)s”")
                % {"list": self.name("occupation_list", work.not_occupation_list or "")},
            ),
            (
                work.nocs,
                gettext("as %(occupations)s")
                % {"occupations": _or(map(self.occupation, work.nocs)) if work.nocs else ""},
            ),
            (work.continuous, gettext("without a break")),
            (work.full_time_only, gettext("full time")),
            (work.one_occupation, gettext("all in one occupation")),
            (
                work.same_as,
                gettext("in the occupation of %(whose)s")
                % {"whose": _OCCUPATIONS[work.same_as.of] if work.same_as else ""},
            ),
            (work.present_employer, gettext("for the employer who makes the offer")),
            (
                work.window_years,
                ngettext("in the last year", "in the last %(count)d years", work.window_years or 0)
                % {"count": work.window_years or 0},
            ),
            (
                work.window_months,
                ngettext("in the last month", "in the last %(count)d months", work.window_months or 0)
                % {"count": work.window_months or 0},
            ),
            (
                work.not_last_years,
                ngettext("before the last year", "before the last %(count)d years", work.not_last_years or 0)
                % {"count": work.not_last_years or 0},
            ),
            (work.after_qualification, gettext("after you qualified in the trade")),
            (
                work.minimum_job_months,
                gettext("in jobs of %(count)d months or more") % {"count": work.minimum_job_months or 0},
            ),
            (work.self_employed == "excluded", gettext("not self-employed")),
            (work.self_employed == "excluded_in_canada", gettext("in Canada not self-employed")),
            (work.student == "excluded", gettext("not while studying full time")),
            (work.student == "excluded_in_canada", gettext("in Canada not while studying full time")),
            (work.unauthorized == "excluded", gettext("only with permission to work")),
        ]
        return tuple(text for holds, text in found if holds)

    def _study(self, study: Credential) -> str:
        return {
            "level": gettext("Highest level of education"),
            "study_years": gettext("Years of study"),
            "count": gettext("Credentials"),
        }[study.gives]

    def _amount_of_study(self, condition: Compare) -> str:
        assert condition.credential is not None
        study = condition.credential
        if study.gives == "level":
            entry = FactEntry("", "level", _NOTHING, ())
            return gettext("Education, %(needed)s") % {"needed": self._needed(entry, condition.op, condition.value)}
        if study.gives == "count" and (condition.op, condition.value) == (">=", 1):
            return gettext("A credential")
        if study.gives == "count" and (condition.op, condition.value) == ("==", 0):
            return gettext("No credential")
        entry = FactEntry("", "number", _NOTHING, (), unit="years" if study.gives == "study_years" else None)
        return f"{self._study(study)}: {self._needed(entry, condition.op, condition.value)}"

    def _credential(self, study: Credential) -> tuple[str, ...]:
        """What study must be like for it to count, each as a phrase of its own."""
        places = [*map(province_name, study.provinces)] or [*map(country_name, study.countries)]
        short = {level.key: level.short.in_language(self._language) for level in vocabulary().levels}
        found: list[tuple[object, str]] = [
            (study.person == "partner", gettext("your partner's")),
            (places, gettext("earned in %(places)s") % {"places": _or(places) if places else ""}),
            (study.levels, _or(short[key] for key in study.levels) if study.levels else ""),
            (
                study.completed_within_years,
                ngettext(
                    "finished in the last year",
                    "finished in the last %(count)d years",
                    study.completed_within_years or 0,
                )
                % {"count": study.completed_within_years or 0},
            ),
            (not study.finished, gettext("finished or not")),
        ]
        return tuple(text for holds, text in found if holds)


_NOTHING = vocabulary().facts["age"].label
