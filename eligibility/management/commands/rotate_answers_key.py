"""Encrypt all stored answers again with the first of the keys, so that older ones can be dropped."""

from typing import Any

from django.core.management.base import BaseCommand

from eligibility.answers import store


class Command(BaseCommand):
    help = "Encrypt all stored answers again with the newest key."

    def handle(self, *args: Any, **options: Any) -> None:
        count = store.rotate_keys()
        self.stdout.write(f"Encrypted {count} application(s) with the newest key.")
