"""Make the four roles anew, with the rights that belong to them."""

from typing import Any

from django.core.management.base import BaseCommand

from programs.roles.roles import ROLES, ensure_roles


class Command(BaseCommand):
    help = "Make the roles (viewer, editor, publisher, administrator), or put their rights back as they belong."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_roles()
        self.stdout.write("\n".join(f"{role.name}: {role.may}" for role in ROLES))
