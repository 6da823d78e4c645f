"""Many profiles in, their assessments as JSON out: in order, in one process or in several.

Memory does not grow with the number of profiles: only so many are read ahead as keep every process busy.
"""

import json
import mmap
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

FIRST = 64
AT_ONCE = 8
AHEAD = 4
# Bytes that the lines of a few profiles have room in; assessments of the whole catalogue are some 400,000 bytes each.
ROOM = 6 << 20


Lines = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is asked of each profile: under which rulebook, about which program (all where None), how it is written."""

    rulebook: Rulebook
    program: str | None = None
    scores_only: bool = False
    indent: int | None = None

    def line(self, written: Written) -> tuple[bytes, bool]:
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

    def _written(self, result: dict[str, Any]) -> bytes:
        return json.dumps(result, ensure_ascii=False, indent=self.indent).encode()

    def written(self, written: Iterable[Written], jobs: int = 1) -> Iterator[tuple[Lines, bool]]:
        """The lines of a few profiles at a time, in the order in which they came, and whether all could be assessed.

        They are worked out by so many processes. Lines hold until the next are asked for.
        """
        texts = iter(written)
        # Forked processes share what was compiled of the rules: the first profiles are assessed before there are any.
        for text in texts if jobs <= 1 else islice(texts, FIRST):
            line, succeeded = self.line(text)
            yield line + b"\n", succeeded
        if jobs > 1:
            yield from self._written_by(texts, jobs)

    def _written_by(self, texts: Iterator[Written], jobs: int) -> Iterator[tuple[Lines, bool]]:
        # What processes write is long. They put it into memory that all of them share, rather than through a pipe.
        sheets = [mmap.mmap(-1, ROOM) for _ in range(jobs * AHEAD)]
        with multiprocessing.get_context("fork").Pool(jobs, _begin, (self, sheets)) as pool:
            waiting = deque(
                (sheet, pool.apply_async(_written_on, (batch, sheet)))
                for sheet, batch in zip(range(len(sheets)), _batches(texts), strict=False)
            )
            while waiting:
                sheet, result = waiting.popleft()
                lines, succeeded = result.get()
                yield (memoryview(sheets[sheet])[:lines] if isinstance(lines, int) else lines), succeeded
                batch = _batch(texts)
                if batch:
                    waiting.append((sheet, pool.apply_async(_written_on, (batch, sheet))))


Batch = list[str | tuple[str, str]]


def _batch(texts: Iterator[Written]) -> Batch:
    """The next profiles. An error goes as its parts: it could not be told to another process as it is."""
    return [(text.field, text.message) if isinstance(text, ProfileError) else text for text in islice(texts, AT_ONCE)]


def _batches(texts: Iterator[Written]) -> Iterator[Batch]:
    while batch := _batch(texts):
        yield batch


_asked: list[tuple[Evaluation, list[mmap.mmap]]] = []


def _begin(evaluation: Evaluation, sheets: list[mmap.mmap]) -> None:
    _asked[:] = [(evaluation, sheets)]


def _written_on(batch: Batch, sheet: int) -> tuple[int | bytes, bool]:
    """Write the lines of a few profiles on a sheet, and tell how long they are; or give them where there is no room."""
    evaluation, sheets = _asked[0]
    found = [evaluation.line(ProfileError(*text) if isinstance(text, tuple) else text) for text in batch]
    text = b"".join([part for line, _ in found for part in (line, b"\n")])
    succeeded = all(succeeded for _, succeeded in found)
    if len(text) > ROOM:
        return text, succeeded
    sheets[sheet][: len(text)] = text
    return len(text), succeeded
