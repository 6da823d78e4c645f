"""The rules: programs, grids, lists and tables, their versions, and the rulebook made from them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    """The app that keeps the rules."""

    name = "programs"
    verbose_name = _("Rules")
