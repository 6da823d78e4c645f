"""Routes of conditions between the database and the page: of a requirement, a factor or a case."""

from collections.abc import Iterable
from typing import Any

from programs.admin.editor.cards import Routes, Values
from programs.admin.editor.condition_values import condition_values
from programs.models import Condition
from programs.packs.condition_rows import condition_columns, condition_value, routes_value
from programs.packs.sentences import routes_sentence


def routes_of(rows: Iterable[Condition]) -> Routes:
    """Conditions as the fields show them, by route."""
    routes: dict[int, list[Values]] = {}
    for row in sorted(rows, key=lambda each: (each.route, each.position)):
        routes.setdefault(row.route, []).append(condition_values(condition_value(row)))
    return list(routes.values())


def put_routes(documents: list[list[Any]], **owner: Any) -> tuple[str, str] | None:
    """Put routes in place of those that the owner has; what they asked and ask. None where nothing is different.

    `owner` is the one of `requirement`, `factor`, `case` that they belong to.
    """
    rows = list(Condition.objects.filter(**owner))
    if _documents(rows) == documents:
        return None
    said = _told(rows), routes_sentence(documents)
    Condition.objects.filter(pk__in=[each.pk for each in rows]).delete()
    Condition.objects.bulk_create(
        Condition(**owner, route=number, position=place, **condition_columns(document))
        for number, route in enumerate(documents, start=1)
        for place, document in enumerate(route)
    )
    return said


def _documents(rows: list[Condition]) -> list[list[Any]] | None:
    """The conditions as documents; None where one of them is not finished."""
    routes: dict[int, list[Any]] = {}
    try:
        for row in sorted(rows, key=lambda each: (each.route, each.position)):
            routes.setdefault(row.route, []).append(row.document())
    except ValueError:
        return None
    return list(routes.values())


def _told(rows: list[Condition]) -> str:
    documents = _documents(rows)
    return routes_sentence(documents) if documents is not None else str(routes_value(rows))
