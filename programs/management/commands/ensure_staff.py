"""Make the first staff account, so that a new site can be entered at all."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

from programs.models import GivenPassword

# Without the letters and digits that are easily taken for one another, since the password may be copied by
# hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """Return a password of four groups of five: about 98 bits, and readable aloud."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))


class Command(BaseCommand):
    help = 'Make the staff account "staff" with a new password, shown once, unless a superuser exists.'

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()._default_manager
        with transaction.atomic():
            if users.filter(is_superuser=True, is_active=True).exists():
                return
            if users.filter(username="staff").exists():
                self.stderr.write(
                    'No active superuser exists, and the name "staff" is taken. '
                    "Make an account with: manage.py createsuperuser"
                )
                return
            password = new_password()
            person = users.create_superuser(username="staff", email="", password=password)
            GivenPassword.objects.create(person=person)
        self.stdout.write(
            "\n"
            "  Staff sign-in, shown this once (change it at /staff/password_change/):\n"
            "    name      staff\n"
            f"    password  {password}\n"
        )
