"""The state of rules and work, looked up when the metrics are asked for."""

import logging
from collections.abc import Iterable

from django.db import DatabaseError
from django.db.models import Count
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from eligibility.models import Preview
from programs.models import RulebookRevision

log = logging.getLogger(__name__)


class State:
    """How old the rules are that are in force, and what previews wait. Nothing, while the database does not answer."""

    def describe(self) -> Iterable[Metric]:
        """Nothing before it is asked: registering asks no database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Look it up."""
        try:
            moved_at = RulebookRevision.objects.filter(pk=1).values_list("number", "moved_at").first()
            waiting = dict(Preview.objects.order_by().values_list("state").annotate(Count("pk")))
        except DatabaseError:
            log.exception("The state for the metrics cannot be read.")
            yield GaugeMetricFamily("northbound_database_answers", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("northbound_database_answers", "Whether the database answers.", value=1)
        if moved_at:
            number, at = moved_at
            age = (timezone.now() - at).total_seconds()
            yield GaugeMetricFamily("northbound_rulebook_revision", "How often the rules have moved.", value=number)
            yield GaugeMetricFamily("northbound_rulebook_age_seconds", "Time since the rules last moved.", value=age)
        previews = GaugeMetricFamily("northbound_previews", "Previews of drafts, by state.", labels=["state"])
        for state in Preview.State.values:
            previews.add_metric([state], waiting.get(state, 0))
        yield previews
