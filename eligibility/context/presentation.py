"""The figures in force, by topic, each series in the form in which it reads best."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from eligibility.engine.assessment import Citation
from eligibility.engine.requirements import cite
from eligibility.pictures.columns import Column, columns, strip
from eligibility.results import words
from programs.packs.schema.common import PARTIAL_DATE
from programs.packs.schema.figures import FigureRow, Figures
from programs.rulebook import Rulebook, RulebookInForce

TOPICS: dict[str, tuple[str | Promise, str | Promise]] = {
    "canada_plan": (
        gettext_lazy("Canada's plan"),
        gettext_lazy("How many people Canada means to admit, and how many places the provinces have."),
    ),
    "who_is_invited": (
        gettext_lazy("Who is invited"),
        gettext_lazy("Express Entry invites from a pool, in rounds of many kinds. Meeting the rules is not enough."),
    ),
    "occupations": (
        gettext_lazy("Occupations in demand"),
        gettext_lazy("A place on a list of jobs says nothing of eligibility: only the lists of categories count."),
    ),
    "h1b_numbers": (gettext_lazy("H-1B: how many, and from where"), ""),
    "h1b_decisions": (gettext_lazy("H-1B: refusals"), ""),
    "h1b_cap": (gettext_lazy("H-1B: the cap and the draw"), ""),
    "h1b_payment": (gettext_lazy("H-1B: the payment of the proclamation"), ""),
}
# Columns stand side by side as long as their figures have room on a narrow phone.
MOST_CHARACTERS = 44
# More years than these go by their last two digits below the columns.
MOST_FULL_YEARS = 8
_YEAR = re.compile(r"(?:^|\s)(\d{4})$")


@dataclass(frozen=True, slots=True)
class Occupation:
    """A unit group, as the page names it."""

    code: str
    title: str
    teer: int


@dataclass(frozen=True, slots=True)
class Row:
    """One figure in words."""

    label: str
    value: str
    note: str
    occupations: tuple[Occupation, ...]
    check: str
    source: str
    bar: SafeString | str


@dataclass(frozen=True, slots=True)
class Series:
    """A series of figures."""

    id: str
    title: str
    unit: str
    shown_as: str
    note: str
    rows: tuple[Row, ...]
    chart: SafeString | str
    citation: Citation

    @property
    def has_bars(self) -> bool:
        """Whether each row has a bar of its own, where columns have no room."""
        return self.shown_as == "bars" and not self.chart

    @property
    def checks(self) -> tuple[str, ...]:
        """What is to be checked about single figures, with the figures it concerns."""
        found: dict[str, list[str]] = {}
        for row in self.rows:
            if row.check:
                found.setdefault(row.check, []).append(row.label)
        return tuple(f"{words.join(labels)}: {check}" for check, labels in found.items())


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading, and what stands below it."""

    key: str
    title: str
    why: str
    series: tuple[Series, ...]


def topics(rulebook: Rulebook, today: dt.date, language: str) -> tuple[Topic, ...]:
    """Every topic that has figures in force on the day."""
    found: list[Figures] = [figures for figures in rulebook.of_kind(Figures) if figures.holds_on(today)]
    found.sort(key=lambda figures: (figures.position, figures.id))
    book = rulebook.on(today)
    return tuple(
        Topic(key, str(title), str(why), series)
        for key, (title, why) in TOPICS.items()
        if (series := tuple(_series(one, book, language) for one in found if one.topic == key))
    )


def _series(figures: Figures, book: RulebookInForce, language: str) -> Series:
    citation = cite(figures, book, language)
    highest = max((row.value for row in figures.rows if row.value is not None), default=0.0)
    return Series(
        id=figures.id,
        title=figures.title.in_language(language),
        unit=figures.unit.in_language(language),
        shown_as=figures.shown_as,
        note=figures.note.in_language(language) if figures.note else "",
        rows=tuple(_row(row, book, language, highest) for row in figures.rows),
        chart=_columns(figures, language),
        citation=citation,
    )


def _row(row: FigureRow, book: RulebookInForce, language: str, highest: float) -> Row:
    groups = (book.occupations[code] for code in row.occupations if code in book.occupations)
    return Row(
        label=_label(row, language),
        value=said(row.value),
        note=row.note.in_language(language) if row.note else "",
        occupations=tuple(Occupation(group.code, group.title.in_language(language), group.teer) for group in groups),
        check=str(words.CONFIDENCE.get(row.confidence, "")) if row.confidence else "",
        source=row.source or "",
        bar="" if row.value is None else strip(row.value, highest),
    )


def _label(row: FigureRow, language: str) -> str:
    label = row.label.in_language(language)
    return words.partial_date(label) if PARTIAL_DATE.match(label) else label


def said(value: float | None) -> str:
    """A figure in the reader's way of writing, with as many decimals as it has.

    >>> said(380000.0), said(2.2), said(None)
    ('380,000', '2.2', '')
    """
    if value is None:
        return ""
    decimals = 0 if float(value).is_integer() else len(f"{value:.10g}".partition(".")[2])
    return str(number_format(value, decimals, force_grouping=True))


def _columns(figures: Figures, language: str) -> SafeString | str:
    """Upright columns, for a series of years that has room for them."""
    years = [_YEAR.search(row.label.en) for row in figures.rows]
    if figures.shown_as != "bars" or not all(years) or any(row.value is None for row in figures.rows):
        return ""
    skipped = 2 if len(years) > MOST_FULL_YEARS else 0
    series = tuple(
        Column("’" * bool(skipped) + year.group(1)[skipped:], row.value, said(row.value))
        for year, row in zip(years, figures.rows, strict=True)
        if year is not None and row.value is not None
    )
    if sum(max(len(column.label), len(column.said)) for column in series) > MOST_CHARACTERS:
        return ""
    title = figures.title.in_language(language)
    return columns(key=f"chart-{figures.id}", title=title, description=_told(series), series=series)


def _told(series: Iterable[Column]) -> str:
    return gettext("Columns: %(figures)s.") % {
        "figures": ", ".join(f"{column.label} {column.said}" for column in series)
    }
