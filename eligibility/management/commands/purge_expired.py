"""Delete what has expired, for an operator's schedule. The site also does this by itself as it is used."""

from typing import Any

from django.core.management.base import BaseCommand

from eligibility.answers import store


class Command(BaseCommand):
    help = "Delete the answers of people who have not come back in time."

    def handle(self, *args: Any, **options: Any) -> None:
        count = store.purge_expired()
        self.stdout.write(f"Deleted {count} expired application(s).")
