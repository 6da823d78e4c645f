"""A preview's result made ready for its page: sentences, counts, a picture with its table, and people to open."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from eligibility.catalogue.conditions import Reader
from eligibility.engine.assessment import IntakeState
from eligibility.engine.fulfilled import FULFILLED
from eligibility.engine.requirements import cite
from eligibility.impact.tally import Tally, direction, way_of_rounds
from eligibility.models import Preview
from eligibility.pictures.bars import Band, histogram
from eligibility.results.words import Mark, intake_text, number
from eligibility.staff import marks
from programs.rulebook import Rulebook, RulebookInForce

# More different changes than this are put together, so that the picture can be read.
MOST_BARS = 12
# Nearly every program leaves something for a person to confirm: "likely" is as far as most people come.


@dataclass(frozen=True, slots=True)
class Case:
    """A person to open: how they are called, and the page that compares their assessments."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Move:
    """People who went from one verdict to another."""

    before: Mark
    after: Mark
    count: int
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class ProgramImpact:
    """What changes in one program's verdicts, and whether it takes applications on that day."""

    id: str
    name: str
    intake: str
    newly: int
    no_longer: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """People whose score goes one way."""

    words: str
    count: int
    by: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class GridImpact:
    """What changes in one grid's totals."""

    id: str
    name: str
    same: int
    directions: tuple[Direction, ...]
    bars: tuple[Band, ...]
    picture: SafeString


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything the page says of a result."""

    sentence: str
    reached: str
    programs: tuple[ProgramImpact, ...]
    grids: tuple[GridImpact, ...]
    invitations: tuple[Direction, ...]
    reaches_invitations: bool
    same_programs: tuple[str, ...]
    same_grids: tuple[str, ...]
    failed: tuple[tuple[Case, str], ...]
    failures: int


def impact(preview: Preview, rulebook: Rulebook, language: str) -> Impact:
    """The result of a preview that is done, with the names that the rulebook gives."""
    tally, reader, book = Tally.from_json(preview.progress), Reader(rulebook, language), rulebook.on(preview.day)
    programs = [_program(preview, tally, key, reader, book) for key in tally.programs]
    grids = [_grid(preview, tally, key, reader) for key in tally.grids]
    return Impact(
        sentence=_sentence(tally),
        reached=_reached(preview),
        programs=tuple(sorted((each for each in programs if each.moves), key=_weight)),
        grids=tuple(sorted((each for each in grids if each.directions), key=lambda each: each.name)),
        invitations=_invitations(preview, tally),
        reaches_invitations=bool(preview.reach.get("invitations")),
        same_programs=_names_of_others(preview, "programs", {each.id for each in programs if each.moves}, reader),
        same_grids=_names_of_others(preview, "grids", {each.id for each in grids if each.directions}, reader),
        failed=tuple((_case(preview, name), why) for name, why in tally.failed),
        failures=tally.failures,
    )


def _names_of_others(preview: Preview, held: str, differing: set[str], reader: Reader) -> tuple[str, ...]:
    """The names of what the change could reach and nobody gets otherwise."""
    same = set(preview.reach.get(held, ())) - differing
    return tuple(sorted(reader.name(held.removesuffix("s"), key) for key in same))


def _invitations(preview: Preview, tally: Tally) -> tuple[Direction, ...]:
    told = {
        "first": gettext("At least one past round could have invited them, and none before"),
        "more": gettext("More past rounds could have invited them"),
        "fewer": gettext("Fewer past rounds could have invited them"),
        "last": gettext("No past round could have invited them any more"),
    }
    counts = dict.fromkeys(told, 0)
    for pair, count in tally.invitations.items():
        was, now = map(int, pair.split(">"))
        counts[way_of_rounds(was, now)] += count
    return tuple(
        Direction(words, counts[way], "", _cases(preview, tally, f"invitations {way}"))
        for way, words in told.items()
        if counts[way]
    )


def _weight(program: ProgramImpact) -> tuple[int, str]:
    return -sum(move.count for move in program.moves), program.name


def _sentence(tally: Tally) -> str:
    if not tally.changed:
        return gettext("Nobody of %(people)s people gets another answer.") % {"people": number(tally.people)}
    return ngettext(
        "%(changed)s of %(people)s people gets another answer.",
        "%(changed)s of %(people)s people get another answer.",
        tally.changed,
    ) % {"changed": number(tally.changed), "people": number(tally.people)}


def _reached(preview: Preview) -> str:
    programs, grids = len(preview.reach.get("programs", ())), len(preview.reach.get("grids", ()))
    if not programs and not grids:
        return gettext("What changes decides no verdict and gives no points on this day, so nobody had to be assessed.")
    named = [
        ngettext("%(count)d program", "%(count)d programs", programs) % {"count": programs},
        ngettext("%(count)d points grid", "%(count)d points grids", grids) % {"count": grids},
    ]
    text = gettext("The change can reach %(programs)s and %(grids)s. All others stay as they are for everyone.")
    return text % {"programs": named[0], "grids": named[1]}


def _program(preview: Preview, tally: Tally, key: str, reader: Reader, book: RulebookInForce) -> ProgramImpact:
    moves, newly, no_longer = [], 0, 0
    for pair, count in sorted(tally.programs[key].items(), key=lambda item: -item[1]):
        before, after = pair.split(">")
        if before == after:
            continue
        newly += count if after in FULFILLED and before not in FULFILLED else 0
        no_longer += count if before in FULFILLED and after not in FULFILLED else 0
        cases = _cases(preview, tally, f"{key} {pair}")
        moves.append(Move(marks.verdict(before), marks.verdict(after), count, cases))
    taken = next((program.intake for program in book.programs if program.document.id == key), None)
    state = IntakeState(taken.status, taken.from_, taken.to, None, cite(taken, book, "en")) if taken else None
    return ProgramImpact(key, reader.name("program", key), intake_text(state), newly, no_longer, tuple(moves))


def _cases(preview: Preview, tally: Tally, change: str) -> tuple[Case, ...]:
    return tuple(_case(preview, name) for name in tally.cases.get(change, ()))


def _case(preview: Preview, name: str) -> Case:
    address = reverse("admin:preview_person", args=[preview.draft_kind, preview.draft_id, name])
    return Case(name_of_person(name), address)


def name_of_person(name: str) -> str:
    """How a person of the demo or the population is called on pages."""
    kind, _, which = name.partition(":")
    if kind == "demo":
        return which.replace("-", " ").capitalize()
    return gettext("Person %(number)s") % {"number": which}


# Scores --------------------------------------------------------------------------------------


def _grid(preview: Preview, tally: Tally, key: str, reader: Reader) -> GridImpact:
    counts = tally.grids[key]
    changes = {int(points): count for points, count in counts.items() if points[0] in "+-" and int(points)}
    told = {
        "up": gettext("Score goes up"),
        "down": gettext("Score goes down"),
        "range": gettext("Same score, another range of what it could be"),
        "by_program": gettext("Same score, another one as a single program counts it"),
        "new": gettext("Scored for the first time"),
        "gone": gettext("No longer scored"),
    }
    directions = [
        Direction(words, count, _by(way, changes), _cases(preview, tally, f"{key} {way}"))
        for way, words in told.items()
        if (count := sum(number for points, number in counts.items() if points != "+0" and direction(points) == way))
    ]
    name, bars = reader.name("grid", key), _bars(changes)
    picture = histogram(
        key=f"change-{key}",
        title=gettext("By how many points the score changes: %(grid)s") % {"grid": name},
        description=gettext("One bar for each change, with the number of people. The table below says the same."),
        bands=bars,
    )
    same = tally.people - tally.failures - sum(changes.values())
    return GridImpact(key, name, same, tuple(directions), bars, picture)


def _by(way: str, changes: dict[int, int]) -> str:
    if way not in ("up", "down"):
        return ""
    sizes = {abs(points): count for points, count in changes.items() if (points > 0) == (way == "up")}
    if len(sizes) == 1:
        return ngettext("by %(count)d point", "by %(count)d points", next(iter(sizes))) % {"count": next(iter(sizes))}
    average = sum(points * count for points, count in sizes.items()) / sum(sizes.values())
    text = gettext("by %(least)d to %(most)d points, %(average)s on average")
    return text % {"least": min(sizes), "most": max(sizes), "average": number(round(average, 1))}


def _bars(changes: dict[int, int]) -> tuple[Band, ...]:
    """People by how much their score changes, the greatest gain first."""
    if len(changes) <= MOST_BARS:
        return tuple(Band(f"{points:+d}", changes[points], yours=False) for points in sorted(changes, reverse=True))
    width = -(-(max(changes) - min(changes) + 1) // (MOST_BARS - 2))
    found: dict[int, int] = {}
    for points, count in changes.items():
        # Gains and losses never share a bar.
        place = (points - 1) // width if points > 0 else -((-points - 1) // width) - 1
        found[place] = found.get(place, 0) + count
    return tuple(Band(_stretch(place, width), found[place], yours=False) for place in sorted(found, reverse=True))


def _stretch(place: int, width: int) -> str:
    near, far = (place * width + 1, (place + 1) * width) if place >= 0 else ((place + 1) * width - 1, place * width)
    return gettext("%(low)+d to %(high)+d") % {"low": near, "high": far} if near != far else f"{near:+d}"


def table_of(grid: GridImpact) -> list[tuple[str, int]]:
    """The picture's figures, with those whose score stays."""
    return [*((band.name, band.count) for band in grid.bars), (gettext("no change"), grid.same)]


def as_state(preview: Preview) -> dict[str, Any]:
    """Where the work stands, for the script that looks again and again."""
    return {"state": preview.state, "seen": preview.seen, "people": preview.people, "over": preview.is_over}
