"""The person's side: profile, assessment, questionnaire and results."""

from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "eligibility"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Eligibility"

    def ready(self) -> None:
        """Let checks of the rules run their worked examples, and the staff's site show pages that evaluate people."""
        from django.core import checks

        from config import metrics
        from config.rate_limits import check_proxies
        from eligibility.rule_checks import examples_hold
        from eligibility.staff import pages
        from eligibility.state import State
        from programs.checks import registry

        checks.register(check_proxies, checks.Tags.security, deploy=True)
        registry.register(examples_hold)
        pages.connect()
        metrics.look_up(State())
