"""Delete what has expired, for an operator's schedule. The site also does this by itself as it is used."""

from typing import Any

from django.core.management.base import BaseCommand

from eligibility.answers import store
from programs.roles.sign_in import forget_what_is_over


class Command(BaseCommand):
    help = "Delete the answers of people who have not come back in time, ended sessions and old failed sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        count = store.purge_expired()
        forget_what_is_over()
        self.stdout.write(f"Deleted {count} expired application(s).")
