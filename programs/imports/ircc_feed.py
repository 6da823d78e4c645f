"""Canada's own feed of Express Entry rounds, as rows of our tables. `ircc_feed.yaml` says which field is which column.

Figures are texts with commas, dates are typed by hand, an address is inside a piece of HTML. What the feed leaves empty
it does not say: it never takes away what is known.
"""

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from programs.imports import cells, date_texts
from programs.imports.files import FileRow
from programs.imports.tables import POOL, ROUNDS, CellProblem

_FIELDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
# Where a row was read matters for a new one; one that is there keeps the page it names.
_FOR_NEW = frozenset({"source"})
_HREF = re.compile(r"href\s*=\s*['\"]([^'\"<>\s]{1,500})['\"]", re.IGNORECASE)


def feed_rows(rounds: Iterable[Mapping[str, Any]], source: str) -> list[FileRow]:
    """The rounds and the snapshots of the pool in the feed. `source` is the address it was read from."""
    found: list[FileRow] = []
    snapshots: dict[str, tuple[str, dict[str, str]]] = {}
    for number, one in enumerate(rounds, start=1):
        place = _("round %(number)d of the file") % {"number": number}
        said, strange = _texts(one)
        found.append(FileRow(ROUNDS, place, *_round(said, source, strange), whole=False, for_new=_FOR_NEW))
        found += _pool(said, source, place, snapshots)
    return found


def _texts(one: Mapping[str, Any]) -> tuple[dict[str, str], list[CellProblem]]:
    """What the feed says, as texts: numbers may come as such, lists and the like may not."""
    said: dict[str, str] = {}
    strange: list[CellProblem] = []
    for name in (*_FIELDS["round"], *_FIELDS["moments"], _FIELDS["link"], _FIELDS["pool_date"], *_FIELDS["pool"]):
        value = one.get(name)
        if value is None or isinstance(value, str):
            said[name] = (value or "").strip()
        elif isinstance(value, int) and not isinstance(value, bool):
            said[name] = str(value) if abs(value) < 10**12 else "…"
        else:
            said[name] = ""
            strange.append(CellProblem(name, _("must be a text or a whole number")))
    return said, strange


def _round(
    said: dict[str, str], source: str, strange: list[CellProblem]
) -> tuple[dict[str, str], tuple[CellProblem, ...]]:
    row = {column: said[name] for name, column in _FIELDS["round"].items()}
    row["source"] = _address(said[_FIELDS["link"]]) or source
    problems = list(strange)
    for name, column in _FIELDS["moments"].items():
        if said[name]:
            try:
                row[column] = cells.written(date_texts.moment(said[name]))
            except ValueError as error:
                problems.append(CellProblem(name, str(error)))
    if not row["crs_cutoff"]:
        del row["crs_cutoff"]
    return row, tuple(problems)


def _address(link: str) -> str:
    found = _HREF.search(html.unescape(link))
    if not found:
        return ""
    address = found.group(1).removeprefix(_FIELDS["store"])
    return f"{_FIELDS['site']}{address}" if address.startswith("/") and not address.startswith("//") else ""


def _pool(
    said: dict[str, str], source: str, place: str, snapshots: dict[str, tuple[str, dict[str, str]]]
) -> list[FileRow]:
    """The snapshot printed with a round. Several rounds may carry the same one; before 2022 all are nought."""
    figures = {name: said[name] for name in _FIELDS["pool"]}
    if not any(figure.strip("0 ") for figure in figures.values()):
        return []
    written = said[_FIELDS["pool_date"]]
    if not written:
        return [
            _wrong(place, _FIELDS["pool_date"], _("is empty beside figures of the pool; write the day they are of"))
        ]
    try:
        day = date_texts.date(written).isoformat()
    except ValueError as error:
        return [_wrong(place, _FIELDS["pool_date"], str(error))]
    if day in snapshots:
        before, known = snapshots[day]
        if known == figures:
            return []
        message = _("the pool of %(day)s has other figures than in %(before)s; one of the two is wrong")
        return [_wrong(place, _FIELDS["pool_date"], message % {"day": day, "before": before})]
    snapshots[day] = (place, figures)
    problem = _sum_problem(figures)
    return [
        FileRow(
            POOL,
            place,
            {
                "date": day,
                "range_low": str(low),
                "range_high": str(high),
                "candidates": figures[name],
                "source": source,
                "row_kind": kind,
            },
            (problem,) if problem and name == _FIELDS["pool_total"] else (),
            for_new=_FOR_NEW,
        )
        for name, (low, high, kind) in _FIELDS["pool"].items()
    ]


def _sum_problem(figures: dict[str, str]) -> CellProblem | None:
    """The widest bands must add up to the total. The fine ones are not asked to: the feed once had digits swapped."""
    try:
        numbers = {name: cells.whole_number(figure) for name, figure in figures.items()}
    except ValueError:
        return None  # told where the figure itself is read
    bands = {name: (low, high) for name, (low, high, kind) in _FIELDS["pool"].items() if kind != "total"}
    widest = [
        name
        for name, (low, high) in bands.items()
        if not any(other != (low, high) and other[0] <= low and high <= other[1] for other in bands.values())
    ]
    total = _FIELDS["pool_total"]
    added = sum(numbers[name] for name in widest)
    if added == numbers[total]:
        return None
    message = _("%(total)d is not the sum of the bands, which is %(added)d; one of the figures is wrong")
    return CellProblem(total, message % {"total": numbers[total], "added": added})


def _wrong(place: str, column: str, message: str) -> FileRow:
    return FileRow(POOL, place, {}, (CellProblem(column, message),))
