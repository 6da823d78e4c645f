"""Django's own flush, which empties the database: the locks of the rules come off for it, and are made anew."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from programs.models import locks


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        locks.remove(connection)
        try:
            super().handle(**options)
        finally:
            locks.install(connection)
