"""The tables of a database as its own migrations left them, which need not be those of this release."""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

# Who is signed in at the moment; everyone signs in again after a restore.
LEFT_OUT = {"django_session"}

Node = tuple[str, str]


def applied(connection: BaseDatabaseWrapper) -> list[Node]:
    """The last migrations that the database has seen, one or more for each app; none for an empty one."""
    loader = MigrationLoader(connection)
    seen = {node for node in loader.applied_migrations if node in loader.graph.nodes}
    followed = {
        parent.key for node in seen for parent in loader.graph.node_map[node].parents if parent.key[0] == node[0]
    }
    return sorted(seen - followed)


def known(nodes: list[Node]) -> bool:
    """Whether this release has these migrations; a newer one's it cannot have."""
    loader = MigrationLoader(None)
    return all(node in loader.graph.nodes for node in nodes)


def migrate(connection: BaseDatabaseWrapper, nodes: list[Node] | None = None) -> None:
    """Bring the database to these migrations, or to the newest."""
    executor = MigrationExecutor(connection)
    executor.migrate(nodes or executor.loader.graph.leaf_nodes())


def tables(nodes: list[Node]) -> list[type[models.Model]]:
    """The models as they were after these migrations, many-to-many tables included, by the name of their table."""
    state: Any = MigrationLoader(None).project_state(nodes)
    found = {model._meta.db_table: model for model in _models(state.apps)}
    return [found[name] for name in sorted(found)]


def _models(apps: Apps) -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if options.managed and not options.proxy and options.db_table not in LEFT_OUT:
            yield model


def fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The fields that have a column of their own."""
    return list(model._meta.local_concrete_fields)
