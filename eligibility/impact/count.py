"""Many people compared, on several processors at once, in their order."""

import datetime as dt
import multiprocessing
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from eligibility.impact.compare import Comparer
from eligibility.impact.people import number_of_people, people
from eligibility.impact.tally import Tally
from eligibility.profile import ProfileError, read_profile

# So many people are counted between two looks at the clock.
SHARE = 50


def counted(comparer: Comparer, size: int, day: dt.date, start: int = 0, processes: int = 1) -> Iterator[Tally]:
    """Tallies of the demo people and so many of the population, share by share, from the `start`th person on.

    With several processes this one works too. The others are forked from it and hand over each share through a pipe,
    whose breaking ends them: they never outlive it. A fork copies open database connections, so there must be none.

    Raises:
        ChildProcessError: if one of the others broke off.

    """
    shares = range(start, number_of_people(size), SHARE)
    count = partial(_count, comparer, size, day)
    others = [_begin(count, shares[which::processes]) for which in range(1, processes)]
    try:
        for place, first in enumerate(shares):
            which = place % processes
            yield count(first) if which == 0 else _received(others[which - 1][1])
    finally:
        for process, pipe in others:
            pipe.close()
            process.join()


def _begin(count: Callable[[int], Tally], shares: range) -> tuple[BaseProcess, Connection]:
    forking = multiprocessing.get_context("fork")
    receiving, sending = forking.Pipe(duplex=False)
    process = forking.Process(target=_hand_over, args=(receiving, sending, count, shares), daemon=True)
    process.start()
    sending.close()
    return process, receiving


def _hand_over(receiving: Connection, sending: Connection, count: Callable[[int], Tally], shares: range) -> None:
    # With this end open, the pipe would not break when the other process ends.
    receiving.close()
    try:
        for first in shares:
            sending.send(count(first).as_json())
    except BrokenPipeError:
        return


def _received(pipe: Connection) -> Tally:
    try:
        return Tally.from_json(pipe.recv())
    except EOFError as end:
        raise ChildProcessError("A process that counted people broke off.") from end


def _count(comparer: Comparer, size: int, day: dt.date, first: int) -> Tally:
    tally = Tally()
    for name, profile in people(size, day, first, first + SHARE):
        try:
            tally.add(name, comparer.difference(read_profile(profile)))
        except ProfileError as error:
            tally.add_failure(name, str(error))
    return tally
