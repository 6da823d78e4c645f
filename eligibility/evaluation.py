"""Many profiles in, their assessments as JSON out: in order, in one process or in several.

Memory does not grow with the number of profiles: only so many are read ahead as keep every process busy.
"""

import json
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from eligibility.engine import assess
from eligibility.engine.json_text import json_text
from eligibility.profile import ProfileError
from eligibility.profile.stream import Written, read_written
from programs.rulebook import Rulebook

AT_ONCE = 8
AHEAD = 4


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is asked of each profile: under which rulebook, about which program (all where None), how it is written."""

    rulebook: Rulebook
    program: str | None = None
    scores_only: bool = False
    indent: int | None = None

    def line(self, written: Written) -> tuple[str, bool]:
        """One profile's assessment, or what is wrong with it, as JSON; and whether it could be assessed."""
        profile = read_written(written)
        if isinstance(profile, ProfileError):
            return self._written(profile.as_json()), False
        book = self.rulebook.on(profile.as_of)
        wanted = [self.program] if self.program else None
        try:
            assessment = assess(profile, book, programs=wanted, scores_only=self.scores_only)
        except ProfileError as error:
            error.profile_id = profile.id
            return self._written(error.as_json()), False
        if self.indent is None:
            return json_text(assessment, scores_only=self.scores_only), True
        return self._written(assessment.as_json(scores_only=self.scores_only)), True

    def _written(self, result: dict[str, Any]) -> str:
        return json.dumps(result, ensure_ascii=False, indent=self.indent)

    def written(self, written: Iterable[Written], jobs: int = 1) -> Iterator[tuple[bytes, bool]]:
        """The lines of a few profiles at a time, in the order in which they came, and whether all could be assessed.

        They are worked out by so many processes, and encoded there: an assessment is long, and one process has to pass
        on what all of them write.
        """
        texts = iter(written)
        if jobs <= 1:
            yield from map(self.batch, _batches(texts, 1))
            return
        # Forked processes share the rulebook as it is; nothing of it is written down and read again.
        with multiprocessing.get_context("fork").Pool(jobs, _begin, (self,)) as pool:
            waiting = deque(
                [pool.apply_async(_encoded, (batch,)) for batch in islice(_batches(texts), jobs * AHEAD)],
            )
            while waiting:
                done = waiting.popleft().get()
                batch = _batch(texts)
                if batch:
                    waiting.append(pool.apply_async(_encoded, (batch,)))
                yield done

    def batch(self, batch: "Batch") -> tuple[bytes, bool]:
        """The lines of a few profiles as UTF-8, and whether all could be assessed."""
        lines = [self.line(ProfileError(*text) if isinstance(text, tuple) else text) for text in batch]
        text = "".join([f"{line}\n" for line, _ in lines])
        return text.encode(), all(succeeded for _, succeeded in lines)


Batch = list[str | tuple[str, str]]


def _batch(texts: Iterator[Written], size: int = AT_ONCE) -> Batch:
    """The next profiles. An error goes as its parts: it could not be told to another process as it is."""
    return [(text.field, text.message) if isinstance(text, ProfileError) else text for text in islice(texts, size)]


def _batches(texts: Iterator[Written], size: int = AT_ONCE) -> Iterator[Batch]:
    while batch := _batch(texts, size):
        yield batch


_asked: list[Evaluation] = []


def _begin(evaluation: Evaluation) -> None:
    _asked[:] = [evaluation]


def _encoded(batch: Batch) -> tuple[bytes, bool]:
    return _asked[0].batch(batch)
