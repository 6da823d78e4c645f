"""A program as its own page shows it: what it asks, whom it takes, what it costs, since when and from where."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from eligibility.catalogue.citing import SourceRow, sources
from eligibility.catalogue.conditions import Reader, Sentence
from eligibility.catalogue.history import Event, events
from eligibility.catalogue.listing import INTAKES, JOB_OFFERS, LINKED, OUTLOOKS, Words, job_offer_of, linked
from eligibility.catalogue.usage import ListRole, grids_of, lists_of, tables_of
from eligibility.engine.assessment import Citation, IntakeState, NoticeShown
from eligibility.engine.requirements import cite
from eligibility.results import draws, words
from eligibility.results.draws import DrawRow
from programs.packs.schema.conditions import Requirement
from programs.packs.schema.programs import Fact, Intake
from programs.rulebook import Draw, ProgramInForce, Rulebook, RulebookInForce, TableInForce

# More ways to meet a requirement than this are folded away.
WAYS_SHOWN = 3
# How many of a program's draws are shown.
MOST_DRAWS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement: its text, and each way to meet it as sentences."""

    requirement: Requirement
    routes: tuple[tuple[Sentence, ...], ...]
    citation: Citation

    @property
    def is_for_a_person(self) -> bool:
        """Whether no machine can tell any way of meeting it."""
        return all(sentence.for_a_person for route in self.routes for sentence in route)

    @property
    def is_folded(self) -> bool:
        """Whether there are too many ways to show them all at once."""
        return len(self.routes) > WAYS_SHOWN


@dataclass(frozen=True, slots=True)
class Told:
    """A text with what it rests on."""

    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Topic:
    """Facts of one kind."""

    key: str
    title: Words
    facts: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """Whether the program took applications, in one period."""

    intake: Intake
    status: Words
    citation: Citation
    is_now: bool


@dataclass(frozen=True, slots=True)
class ListUse:
    """An occupation list that the rules name. `count` is None where the list is not in force on the day."""

    id: str
    name: str
    role: ListRole
    count: int | None


@dataclass(frozen=True, slots=True)
class GridUse:
    """A points grid that ranks people of the program, or that its rules ask points of."""

    id: str
    name: str
    maximum: int | None
    pass_mark: int | None


@dataclass(frozen=True, slots=True)
class TableView:
    """A reference table: heads and figures in words."""

    id: str
    name: str
    rows: tuple[tuple[str, str], ...]
    each_additional: str
    note: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class ProgramPage:
    """Everything the page of a program shows."""

    program: ProgramInForce
    other_name: str
    other_language: str
    authority: str
    leads_to: Words
    category: Words
    job_offer: Words
    express_entry: Words
    intake: IntakeState | None
    intake_text: str
    outlook: Words
    outlook_citation: Citation | None
    asked: tuple[Asked, ...]
    grids: tuple[GridUse, ...]
    lists: tuple[ListUse, ...]
    tables: tuple[TableView, ...]
    topics: tuple[Topic, ...]
    notices: tuple[NoticeShown, ...]
    draws: tuple[DrawRow, ...]
    intakes: tuple[IntakeRow, ...]
    events: tuple[Event, ...]
    sources: tuple[SourceRow, ...]

    @property
    def has_rules(self) -> bool:
        """Whether the program's rules are here on any day."""
        return any(version.requirements for version in self.program.document.versions)


def program_page(
    rulebook: Rulebook, book: RulebookInForce, program: ProgramInForce, language: str, *, today: dt.date, day: dt.date
) -> ProgramPage:
    """Make a program ready for its page as it stood on `day`, for which the book is."""
    document, version = program.document, program.version
    reader = Reader(rulebook, language)
    other = "fr" if language == "en" else "en"
    other_name = document.name.in_language(other)
    intake = _intake_state(program, book, language)
    return ProgramPage(
        program=program,
        other_name=other_name if document.name.fr and other_name != document.name.in_language(language) else "",
        other_language=other,
        authority=words.authority_name(document.authority),
        leads_to=words.LEADS_TO.get(document.leads_to, ""),
        category=words.CATEGORIES[document.category],
        job_offer=JOB_OFFERS[job_offer_of(program)],
        express_entry=LINKED[linked(program)],
        intake=intake,
        intake_text=words.intake_text(intake),
        outlook=OUTLOOKS[program.outlook.realistic] if program.outlook else "",
        outlook_citation=cite(program.outlook, book, language) if program.outlook else None,
        asked=tuple(
            Asked(requirement, tuple(map(reader.route, requirement.any_of)), cite(requirement, book, language))
            for requirement in (version.requirements if version else ())
        ),
        grids=tuple(_grid_use(book, reader, grid) for grid in dict.fromkeys((*document.grids, *grids_of(version)))),
        lists=tuple(_list_use(book, reader, key, role) for key, role in lists_of(version).items()),
        tables=tuple(
            _table(book, book.tables[key], reader, language) for key in tables_of(version) if key in book.tables
        ),
        topics=_topics(program.facts, book, language),
        notices=notices_of(document.id, book, language),
        draws=_draws(rulebook, program, book, language, day),
        intakes=tuple(
            IntakeRow(one, INTAKES[one.status], cite(one, book, language), one is program.intake)
            for one in sorted(document.intake, key=lambda one: one.from_, reverse=True)
        ),
        events=events(rulebook, document, reader, today),
        sources=sources(rulebook, (version, program.intake, program.outlook, program.facts)),
    )


def _draws(
    rulebook: Rulebook, program: ProgramInForce, book: RulebookInForce, language: str, day: dt.date
) -> tuple[DrawRow, ...]:
    """The program's last draws up to a day, newest first."""

    def scale(draw: Draw) -> str:
        grid = book.grids.get(draw.grid or "")
        return grid.document.name.in_language(language) if grid and draw.date >= grid.version.effective_from else ""

    found = rulebook.draws_of(program.document.id, until=day)[:MOST_DRAWS]
    return tuple(draws.row(draw, scale(draw)) for draw in found)


def _intake_state(program: ProgramInForce, book: RulebookInForce, language: str) -> IntakeState | None:
    intake = program.intake
    if intake is None:
        return None
    note = intake.note.in_language(language) if intake.note else None
    return IntakeState(intake.status, intake.from_, intake.to, note, cite(intake, book, language))


def notices_of(identifier: str, book: RulebookInForce, language: str) -> tuple[NoticeShown, ...]:
    """What is reported, proposed or announced about a program or a grid."""
    return tuple(
        NoticeShown(
            id=notice.id,
            title=notice.title.in_language(language),
            text=notice.text.in_language(language),
            concerns=notice.concerns,
            confidence=notice.confidence,
            effective_from=notice.effective_from,
            sources=tuple((source.url, source.title, source.as_of) for source in notice.sources),
        )
        for notice in book.notices
        if identifier in notice.concerns
    )


def _grid_use(book: RulebookInForce, reader: Reader, identifier: str) -> GridUse:
    standing = book.grids.get(identifier)
    version = standing.version if standing else None
    return GridUse(
        identifier,
        reader.name("grid", identifier),
        version.maximum if version else None,
        version.pass_mark if version else None,
    )


def _list_use(book: RulebookInForce, reader: Reader, identifier: str, role: ListRole) -> ListUse:
    standing = book.lists.get(identifier)
    return ListUse(
        identifier, reader.name("occupation_list", identifier), role, len(standing.entries) if standing else None
    )


def _table(book: RulebookInForce, table: TableInForce, reader: Reader, language: str) -> TableView:
    unit, version = table.document.unit, table.version
    return TableView(
        id=table.document.id,
        name=table.document.name.in_language(language),
        rows=tuple((reader.row(row.at), reader.figure(row.value, unit)) for row in version.rows),
        each_additional=reader.figure(version.each_additional, unit) if version.each_additional else "",
        note=version.note.in_language(language) if version.note else "",
        citation=cite(version, book, language),
    )


def _topics(facts: Iterable[Fact], book: RulebookInForce, language: str) -> tuple[Topic, ...]:
    """The facts in the order people need them, those of one heading together."""
    found: dict[Words, tuple[str, list[Told]]] = {}
    order = list(words.TOPICS)
    for fact in sorted(facts, key=lambda fact: order.index(fact.topic)):
        _, told = found.setdefault(str(words.TOPICS[fact.topic]), (fact.topic, []))
        told.append(Told(fact.text.in_language(language), cite(fact, book, language)))
    return tuple(Topic(key, title, tuple(told)) for title, (key, told) in found.items())


def last_changed(program: ProgramInForce, today: dt.date) -> dt.date | None:
    """The last day, up to today, on which something of a program began to hold."""
    document = program.document
    days = [
        *(version.effective_from for version in document.versions),
        *(outlook.effective_from for outlook in document.outlook),
        *(intake.from_ for intake in document.intake),
    ]
    return max((day for day in days if day <= today), default=None)
