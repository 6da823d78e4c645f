"""Which answers differ between a person's own and their scenarios, in the words of the questionnaire."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from eligibility.answers.document import Answers
from eligibility.side_by_side.columns import Cell, LineOfCell, Row
from eligibility.wizard.forms import Context
from eligibility.wizard.views.reading import CheckedPage, checked_sections

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody answered: each question's answer, and the things of each list, as sentences."""

    name: str
    rows: dict[Place, str]
    lists: dict[str, tuple[str, ...]]
    titles: dict[str, str]

    def has(self, slug: str) -> bool:
        """Whether any question of a page was answered."""
        return any(place[0] == slug for place in self.rows)


def told(name: str, context: Context) -> Told:
    """Everything that was answered and still applies."""
    pages: list[CheckedPage] = [page for section in checked_sections(context) for page in section.pages]
    return Told(
        name,
        rows={(page.slug, str(label)): value for page in pages for label, value in page.rows},
        lists={page.slug: tuple(page.lines) for page in pages if page.lines},
        titles={page.slug: str(page.title) for page in pages},
    )


def rows(everyone: Sequence[Told]) -> tuple[Row, ...]:
    """The answers that are not the same for everyone, page by page. The first is what others are compared with."""
    titles = {slug: title for each in everyone for slug, title in each.titles.items()}
    found = []
    for slug, title in titles.items():
        if any(slug in each.lists for each in everyone):
            found.append(_listed(everyone, slug, title))
        places = dict.fromkeys(place for each in everyone for place in each.rows if place[0] == slug)
        if places and all(each.has(slug) for each in everyone):
            found += [_row(everyone, place, title) for place in places]
        elif places:
            found.append(_page(everyone, slug, title))
    return tuple(row for row in found if row.differs)


def _row(everyone: Sequence[Told], place: Place, title: str) -> Row:
    first = everyone[0].rows.get(place)
    cells = []
    for each in everyone:
        value = each.rows.get(place)
        text = value if value is not None else gettext("not asked, or not answered")
        differs = value != first
        cells.append(Cell(each.name, text, "other" if differs else "", gettext("differs") if differs else ""))
    return Row(place[1], tuple(cells), note=title)


def _page(everyone: Sequence[Told], slug: str, title: str) -> Row:
    """A page that not everyone answered, as one row."""
    first = {place: value for place, value in everyone[0].rows.items() if place[0] == slug}
    cells = []
    for each in everyone:
        mine = {place: value for place, value in each.rows.items() if place[0] == slug}
        differs = mine != first
        cells.append(
            Cell(
                each.name,
                "" if mine else gettext("not asked, or not answered"),
                "other" if differs else "",
                gettext("differs") if differs else "",
                lines=tuple(LineOfCell(f"{place[1]} {value}") for place, value in mine.items()),
            )
        )
    return Row(title, tuple(cells))


def _listed(everyone: Sequence[Told], slug: str, title: str) -> Row:
    first = everyone[0].lists.get(slug, ())
    cells = []
    for each in everyone:
        lines = each.lists.get(slug, ())
        shown = tuple(LineOfCell(line, line not in first) for line in lines)
        gone = sum(line not in lines for line in first)
        text = "" if lines else gettext("nothing")
        said = ngettext("%(count)d of yours not there", "%(count)d of yours not there", gone) % {"count": gone}
        differs = lines != first
        cells.append(
            Cell(
                each.name,
                text,
                "other" if differs else "",
                said if gone else gettext("differs") if differs and not any(line.is_new for line in shown) else "",
                lines=shown,
            )
        )
    return Row(title, tuple(cells))


def are_the_same(one: Answers, other: Answers) -> bool:
    """Whether two documents of answers say the same, whatever stands beside them."""
    return (one.pages, one.lists) == (other.pages, other.lists)
