"""The rules: programs, grids, lists and tables, their versions, and the rulebook made from them."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    """The app that keeps the rules."""

    name = "programs"
    verbose_name = _("Rules")

    def ready(self) -> None:
        """After each migration: the roles have their rights, and the database its locks."""
        from programs.models import locks
        from programs.roles import roles, sign_in

        pre_migrate.connect(locks.on_pre_migrate, sender=self)
        post_migrate.connect(locks.on_post_migrate, sender=self)
        post_migrate.connect(roles.on_post_migrate, sender=apps.get_app_config("auth"))
        sign_in.connect()
