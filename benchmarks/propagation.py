#!/usr/bin/env python3
"""Measure how long two server processes take to show what was just published: `python benchmarks/propagation.py`.

It uses the database of DATABASE_URL, with the rules of the repository loaded and nothing of worth in it: it publishes
versions of one program there. PostgreSQL and a quiet machine give the figures that count.
"""

import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PROGRAM = "fsw"
TIMES = 5


def publish(number: int, by: Any) -> tuple[str, float]:
    """Publish the program with other words; the words, and how many seconds publishing took."""
    import datetime as dt

    from django.utils import timezone

    from programs.actions import NewVersionFrom, PublishVersion
    from programs.models import ProgramVersion, Requirement, Status

    standing = ProgramVersion.objects.filter(program=PROGRAM, status=Status.PUBLISHED)
    last = standing.order_by("-effective_from").first()
    assert last is not None
    # Each version begins a day after the one before it; pages are asked for as of that day.
    day = max(last.effective_from, timezone.localdate()) + dt.timedelta(days=1)
    draft: Any = NewVersionFrom(last, day, by, f"measured-{time.time_ns()}").execute()
    words = f"Measured {number}: {time.time_ns()}."
    Requirement.objects.filter(pk=draft.requirements.first().pk).update(text_en=words)
    started = time.perf_counter()
    PublishVersion(draft, by, "To measure.", despite="To measure.").execute()
    return words, time.perf_counter() - started


def measured(servers: tuple[Any, Any], number: int, by: Any) -> tuple[float, float]:
    """Seconds that publishing took, and seconds from then until both processes show it."""
    from programs.models import ProgramVersion

    words, took = publish(number, by)
    newest = ProgramVersion.objects.filter(program=PROGRAM).order_by("-effective_from").first()
    assert newest is not None
    path, started = f"/programs/{PROGRAM}/?on={newest.effective_from}", time.perf_counter()
    waiting = list(servers)
    while waiting:
        waiting = [server for server in waiting if words not in server.get(path)]
    return took, time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.db import connection

    from tests.servers import Server

    settings.TWO_PERSON_RULE = False
    by, _made = User.objects.get_or_create(username="measuring", defaults={"is_superuser": True, "is_staff": True})
    servers = Server({}), Server({})
    try:
        for server in servers:
            server.wait_until_ready()
        found = [measured(servers, number, by) for number in range(TIMES)]
    finally:
        for server in servers:
            server.stop()
    publishing, showing = zip(*found, strict=True)
    sys.stdout.write(
        f"Two processes on {connection.vendor}, {TIMES} publications of {PROGRAM}.\n"
        f"publishing, with its checks: {statistics.median(publishing):.2f} s, at most {max(publishing):.2f} s\n"
        f"until both processes show it: {statistics.median(showing):.2f} s, at most {max(showing):.2f} s\n"
    )


if __name__ == "__main__":
    main()
