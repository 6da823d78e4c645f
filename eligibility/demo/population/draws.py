"""Draws from one person's own stream of chance, in the forms that the statistics are written in."""

import random
from collections.abc import Mapping, Sequence
from typing import Any


class Draws:
    """A stream of chance that is the same for the same seed, on every machine."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 (made-up people, no secrets)

    def chance(self, share: float) -> bool:
        """True so often."""
        return self._random.random() < share

    def between(self, ends: Sequence[float]) -> float:
        """Any number between two."""
        low, high = ends
        return low + (high - low) * self._random.random()

    def of_weights(self, weights: Mapping[Any, Any]) -> Any:
        """One key of a mapping to weights, or to entries with a `weight`."""
        weighed = [entry["weight"] if isinstance(entry, Mapping) else entry for entry in weights.values()]
        return self._random.choices(list(weights), weighed)[0]

    def of_bands(self, bands: Sequence[Mapping[str, float]]) -> float:
        """A number from one of several weighed bands; `to` is the last whole number of a band of whole numbers."""
        band = self._random.choices(bands, [band["weight"] for band in bands])[0]
        return self.between((band["from"], band["to"]))

    def log_normal(self, median: float, sigma: float) -> float:
        """A positive number around a middle value."""
        return median * self._random.lognormvariate(0, sigma)

    def some_of(self, weights: Mapping[str, float], count: int) -> list[str]:
        """So many different keys of a mapping to weights."""
        left, found = dict(weights), []
        for _ in range(min(count, len(left))):
            found.append(self.of_weights(left))
            del left[found[-1]]
        return found
