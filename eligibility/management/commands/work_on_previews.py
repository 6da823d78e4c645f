"""Work on the previews of drafts that wait, and end when none does. The staff's pages start it by themselves."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from eligibility.staff.jobs import Worker

# Each holds some of the working of its own in memory.
_MOST_PROCESSES = 4
# Pages come first: the work gets what processor time they leave.
_NICENESS = 10


class Command(BaseCommand):
    """Work on waiting previews."""

    help = "Work on the previews of drafts that wait, and end when none does."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Work until nothing waits."""
        os.nice(_NICENESS)
        done = Worker(processes=min(len(os.sched_getaffinity(0)), _MOST_PROCESSES)).work()
        self.stdout.write(f"{done} previews")
