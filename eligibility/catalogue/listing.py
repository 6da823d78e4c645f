"""The list of all programs, and the filters over it. Every filter is a GET parameter, so that an address keeps it."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from eligibility.catalogue.usage import lists_of
from eligibility.results import words
from eligibility.results.words import Mark
from programs.packs.schema import Program
from programs.rulebook import ProgramInForce, Rulebook, RulebookInForce

FEDERAL = "federal"
# So many filters stand open beside the search.
FIRST = 2
Words = str | Promise

INTAKES: Mapping[str, Words] = {
    "open": gettext_lazy("Takes applications"),
    "paused": gettext_lazy("Paused"),
    "cap_reached": gettext_lazy("Full"),
    "closed": gettext_lazy("Closed"),
    "announced": gettext_lazy("Announced, not open yet"),
    "unknown": gettext_lazy("Not known here"),
}
LINKED: Mapping[str, Words] = {
    "yes": gettext_lazy("Goes through Express Entry"),
    "option": gettext_lazy("With Express Entry or without, as you choose"),
    "no": gettext_lazy("Outside Express Entry"),
}
JOB_OFFERS: Mapping[str, Words] = {
    "required": gettext_lazy("Needed"),
    "optional": gettext_lazy("Not needed, but it helps"),
    "not_required": gettext_lazy("Not needed"),
    "untold": gettext_lazy("Not told by the rules here"),
}
OUTLOOKS: Mapping[str, Words] = {
    "yes": gettext_lazy("Realistic from the US"),
    "with_effort": gettext_lazy("Possible from the US, with effort"),
    "unlikely": gettext_lazy("Unlikely from the US"),
    "no": gettext_lazy("Not from the US"),
}


def every_program(rulebook: Rulebook, book: RulebookInForce) -> tuple[ProgramInForce, ...]:
    """Every program as it stands on the book's day; one that has nothing in force then too."""
    standing = {program.document.id: program for program in book.programs}
    return tuple(standing.get(document.id) or _without_rules(document, book) for document in rulebook.of_kind(Program))


def _without_rules(document: Program, book: RulebookInForce) -> ProgramInForce:
    # Every day on which a fact begins or ends is a day of change, so the book's day stands for the day asked for.
    facts = tuple(fact for fact in document.facts if fact.holds_on(book.day))
    return ProgramInForce(document, None, None, None, facts)


def linked(program: ProgramInForce) -> str:
    """Whether a program goes through Express Entry, may, or does not."""
    document = program.document
    return "yes" if document.express_entry_linked else "option" if document.express_entry_option else "no"


def job_offer_of(program: ProgramInForce) -> str:
    """Whether a program asks for a job offer. One without rules here tells it only where it says so itself."""
    document = program.document
    told = document.job_offer != "not_required" or any(version.requirements for version in document.versions)
    return document.job_offer if told else "untold"


def _intake_of(program: ProgramInForce) -> str:
    return program.intake.status if program.intake else "unknown"


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to filter by: its parameter, its choices in their order, and where a program stands."""

    key: str
    label: Words
    choices: Mapping[str, Words]
    of: Callable[[ProgramInForce], str]


def _authorities(programs: Iterable[ProgramInForce]) -> Mapping[str, Words]:
    names = {program.document.authority: words.authority_name(program.document.authority) for program in programs}
    return dict(sorted(names.items(), key=lambda pair: (pair[0] != FEDERAL, pair[1])))


def _facets(programs: Iterable[ProgramInForce]) -> tuple[Facet, ...]:
    return (
        Facet("authority", gettext_lazy("Who decides"), _authorities(programs), lambda one: one.document.authority),
        Facet("category", gettext_lazy("Kind of program"), words.CATEGORIES, lambda one: one.document.category),
        Facet("intake", gettext_lazy("Intake today"), INTAKES, _intake_of),
        Facet("express_entry", gettext_lazy("Express Entry"), LINKED, linked),
        Facet("job_offer", gettext_lazy("A job offer in Canada"), JOB_OFFERS, job_offer_of),
    )


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter, with how many programs it would leave beside the other filters."""

    value: str
    label: Words
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """A filter as the form shows it."""

    key: str
    label: Words
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the address without it."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A program as one line of the list."""

    program: ProgramInForce
    about: str
    intake: Mark
    outlook: Words


@dataclass(frozen=True, slots=True)
class Section:
    """The lines under one heading."""

    title: str
    lines: tuple[Line, ...]


def plain(text: str) -> str:
    """A text for searching in: small letters without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


class Listing:
    """All programs of a day, seen through the filters of an address."""

    def __init__(self, rulebook: Rulebook, book: RulebookInForce, query: QueryDict, language: str) -> None:
        self._book, self._language = book, language
        self.programs = every_program(rulebook, book)
        self._facets = _facets(self.programs)
        self.q = " ".join(query.get("q", "").split())[:100]
        self.noc = query.get("noc", "").strip()[:20]
        asked = {facet.key: query.get(facet.key, "") for facet in self._facets}
        self._chosen = {facet.key: asked[facet.key] for facet in self._facets if asked[facet.key] in facet.choices}
        self.has_unknown = any(value and key not in self._chosen for key, value in asked.items())
        group = book.occupations.get(self.noc)
        self.occupation = f"{group.code} {group.title.in_language(language)}" if group else ""
        self.total = len(self.programs)
        self.is_filtered = bool(query)

    @property
    def noc_error(self) -> str:
        """What is wrong with the occupation's code, or nothing."""
        if not self.noc or self.occupation:
            return ""
        return gettext(
            "“%(typed)s” is not a code of NOC 2021. Write the five digits of an occupation, such as %(example)s."
        ) % {"typed": self.noc, "example": min(self._book.occupations, default="00000")}

    def _says(self, program: ProgramInForce) -> bool:
        """Whether a program holds every word that is searched for."""
        if not self.q:
            return True
        document = program.document
        texts = (document.name.en, document.name.fr, document.summary.in_language(self._language))
        searched = plain(" ".join((*texts, words.authority_name(document.authority))))
        return all(word in searched for word in plain(self.q).split())

    def _with_role(self, role: str) -> frozenset[str]:
        """The programs that name the occupation on a list of this role."""
        holding = {key for key, found in self._book.lists.items() if self.noc in found.entries}
        return frozenset(
            program.document.id
            for program in self.programs
            if any(each == role and key in holding for key, each in lists_of(program.version).items())
        )

    @cached_property
    def _found_by_text(self) -> tuple[ProgramInForce, ...]:
        found = tuple(program for program in self.programs if self._says(program))
        if not self.occupation:
            return found
        naming = self._with_role("lets_in")
        return tuple(program for program in found if program.document.id in naming)

    def _passing(self, but: str = "") -> tuple[ProgramInForce, ...]:
        """The programs that pass every filter, `but` one."""
        facets = [facet for facet in self._facets if facet.key in self._chosen and facet.key != but]
        return tuple(
            program
            for program in self._found_by_text
            if all(facet.of(program) == self._chosen[facet.key] for facet in facets)
        )

    @cached_property
    def found(self) -> tuple[ProgramInForce, ...]:
        """The programs that pass every filter, in the order of the page."""
        return tuple(sorted(self._passing(), key=self._order))

    @property
    def left_out(self) -> tuple[ProgramInForce, ...]:
        """The programs of the other filters that leave the occupation out by name."""
        if not self.occupation:
            return ()
        refusing = self._with_role("leaves_out") - self._with_role("lets_in")
        return tuple(program for program in self.programs if program.document.id in refusing)

    @cached_property
    def selects(self) -> tuple[Select, ...]:
        """The filters with a list of choices. A choice that no program has is not offered, unless it is in use."""
        shown = []
        for facet in self._facets:
            counts = Counter(map(facet.of, self._passing(but=facet.key)))
            exists = set(map(facet.of, self.programs))
            chosen = self._chosen.get(facet.key)
            options = tuple(
                Option(value, label, counts[value], value == chosen)
                for value, label in facet.choices.items()
                if value in exists or value == chosen
            )
            shown.append(Select(facet.key, facet.label, options))
        return tuple(shown)

    @property
    def first_selects(self) -> tuple[Select, ...]:
        """The filters that most people look for."""
        return self.selects[:FIRST]

    @property
    def more_selects(self) -> tuple[Select, ...]:
        """The filters that stand folded, until one is in use."""
        return self.selects[FIRST:]

    @property
    def uses_more(self) -> bool:
        """Whether one of the folded filters is in use, or was written wrongly."""
        return bool(self.noc) or any(select.key in self._chosen for select in self.more_selects)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The filters in use."""
        in_use = dict(self._chosen)
        if self.q:
            in_use["q"] = self.q
        if self.occupation:
            in_use["noc"] = self.noc
        labels = {facet.key: facet for facet in self._facets}

        def text(key: str) -> str:
            if key == "q":
                return gettext("“%(words)s”") % {"words": self.q}
            return self.occupation if key == "noc" else f"{labels[key].label}: {labels[key].choices[in_use[key]]}"

        return tuple(Chip(text(key), self._address(in_use, but=key)) for key in in_use)

    @staticmethod
    def _address(in_use: Mapping[str, str], but: str) -> str:
        query = QueryDict(mutable=True)
        query.update({key: value for key, value in in_use.items() if key != but})
        address = reverse("eligibility:programs")
        return f"{address}?{query.urlencode()}" if query else address

    def _order(self, program: ProgramInForce) -> tuple[int, str, str]:
        document = program.document
        if document.authority == FEDERAL:
            return list(words.CATEGORIES).index(document.category), "", document.name.in_language(self._language)
        return (
            len(words.CATEGORIES),
            words.authority_name(document.authority),
            document.name.in_language(self._language),
        )

    @property
    def sections(self) -> tuple[Section, ...]:
        """The programs found: Canada's by category, then those of each province."""
        found: dict[str, list[Line]] = {}
        for program in self.found:
            document = program.document
            is_federal = document.authority == FEDERAL
            title = words.CATEGORIES[document.category] if is_federal else words.authority_name(document.authority)
            found.setdefault(str(title), []).append(self._line(program))
        return tuple(Section(title, tuple(lines)) for title, lines in found.items())

    @staticmethod
    def _line(program: ProgramInForce) -> Line:
        leads_to = words.LEADS_TO.get(program.document.leads_to)
        about = gettext("leads to %(goal)s") % {"goal": leads_to} if leads_to else ""
        if not any(version.requirements for version in program.document.versions):
            not_checked = gettext("described, not checked by the questionnaire")
            about = f"{about} · {not_checked}" if about else not_checked
        return Line(
            program, about, intake_mark(program), OUTLOOKS[program.outlook.realistic] if program.outlook else ""
        )


def intake_mark(program: ProgramInForce) -> Mark:
    """Whether a program takes applications, as a shape and a word."""
    status = _intake_of(program)
    return Mark("intake_open" if status == "open" else "intake_closed", str(INTAKES[status]))
