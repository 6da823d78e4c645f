"""The same people as on the timeline."""

from tests.timeline.conftest import demo, rules, secret, seeded

__all__ = ["demo", "rules", "secret", "seeded"]
