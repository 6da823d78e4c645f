"""Django's admin as this site runs it: with its own gate, and its own pages for accounts."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Admin behind the gate of `StaffSite`."""

    default_site = "programs.roles.site.StaffSite"

    def ready(self) -> None:
        """After every app has registered its pages, put ours for accounts in the place of theirs."""
        super().ready()
        from programs.roles import accounts

        accounts.register(accounts.site)
