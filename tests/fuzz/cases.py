"""How many cases are tried: a few with the other tests, and as many as CASES says with `make fuzz`."""

import os
from collections import Counter

from hypothesis import HealthCheck, Phase, settings

CASES = int(os.environ.get("CASES", "0"))


def batch(few: int, many: int) -> int:
    """How many cases an example sends at once; offline many, since what a test prepares for each would cost most."""
    return many if CASES else few


# What was sent in this run, by kind. A case is one request, one profile or one file.
sent: Counter[str] = Counter()


def cases(few: int, *, each: int = 1, share: float = 1.0, **options: int) -> settings:
    """Settings for `few` examples; with CASES, for so many that this test sends its `share` of them.

    `each` is about how many cases one example sends.
    """
    many = int(CASES * share / each)
    # Offline, new cases count, and a red one is looked at by hand: shrinking one slow example takes hours.
    phases = (Phase.explicit, Phase.reuse, Phase.generate) if CASES else tuple(Phase)
    return settings(
        max_examples=many or few,
        derandomize=not CASES,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        **options,  # type: ignore[arg-type]
    )
