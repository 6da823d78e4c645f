"""Finding an occupation by a job title: forgiving of word order, endings, small typos and language.

The index is built once per process from the job titles in the database, and again when they have changed.
"""

import bisect
import math
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from eligibility.wizard import rules
from programs.models import JobTitle
from programs.models.occupations import normalised

MOST_RESULTS = 10
_MOST_WORDS = 8
_MOST_PREFIXED = 80
_SMALL_WORDS = frozenset({
    "a", "an", "and", "at", "d", "de", "des", "du", "en", "et", "for",
    "in", "l", "la", "le", "les", "of", "or", "ou", "the", "to",
})  # fmt: skip
_LEAST_LIKENESS = 0.74
_LEAST_SCORE = 0.4
# Of the best one's score: what is much worse than that was not meant.
_LEAST_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Found:
    """A unit group, and the job title that led to it."""

    code: str
    title: str
    teer: int | None
    matched: str
    score: float


def words_of(text: str) -> list[str]:
    """The words of a title, without case, accents and small words."""
    return _big_words(normalised(text))


def _big_words(plain: str) -> list[str]:
    return [word for word in plain.split() if word not in _SMALL_WORDS]


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    code: str
    language: str
    words: frozenset[str]
    bonus: float


class Index:
    """Job titles by their words."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str, str, int | None]]) -> None:
        """Take rows of title, the same normalised, language, code, kind and rank."""
        self.titles: list[_Title] = []
        postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for text, plain, language, code, kind, rank in rows:
            words = _big_words(plain)
            number = len(self.titles)
            self.titles.append(_Title(text, code, language, frozenset(words), _bonus(kind, rank)))
            for word in {*words, *_joined(words)}:
                postings[word].append(number)
        self.postings = dict(postings)
        self.vocabulary = sorted(self.postings)

    def search(self, text: str, language: str) -> list[tuple[str, str, float]]:
        """Unit groups that a title may mean, best first: code, the title that matched, and how well."""
        typed = words_of(text)[:_MOST_WORDS]
        scores: dict[int, float] = defaultdict(float)
        weight = 0.0
        for word in dict.fromkeys(typed):
            likenesses = self._like(word)
            weight += self._rarity(word, likenesses)
            best: dict[int, float] = {}
            for match, likeness in likenesses.items():
                gain = likeness * self._rarity(word, likenesses)
                for number in self.postings[match]:
                    best[number] = max(best.get(number, 0.0), gain)
            for number, gain in best.items():
                scores[number] += gain
        return self._ranked(scores, weight, len(set(typed)), language)

    def _like(self, word: str) -> dict[str, float]:
        found = {word: 1.0} if word in self.postings else {}
        if len(word) >= 2:
            start = bisect.bisect_left(self.vocabulary, word)
            for candidate in self.vocabulary[start : start + _MOST_PREFIXED]:
                if not candidate.startswith(word):
                    break
                found.setdefault(candidate, 0.6 + 0.35 * len(word) / len(candidate))
        if len(word) >= 4 and word not in self.postings:
            near = process.extract(
                word,
                self.vocabulary,
                scorer=OSA.normalized_similarity,
                score_cutoff=_LEAST_LIKENESS,
                limit=12,
            )
            for candidate, likeness, _place in near:
                found[candidate] = max(found.get(candidate, 0.0), likeness * 0.9)
        return found

    def _rarity(self, word: str, likenesses: dict[str, float]) -> float:
        closest = max(likenesses, key=lambda match: likenesses[match], default=word)
        return math.log(2 + len(self.titles) / (1 + len(self.postings.get(closest, ()))))

    def _ranked(
        self, scores: dict[int, float], weight: float, typed: int, language: str
    ) -> list[tuple[str, str, float]]:
        best: dict[str, tuple[str, str, float]] = {}
        for number, gain in scores.items():
            title = self.titles[number]
            how_much_of_it = min(1.0, typed / len(title.words)) if title.words else 0.0
            score = 0.75 * gain / weight + 0.25 * how_much_of_it + title.bonus
            score += 0.02 if title.language == language else 0.0
            if score >= _LEAST_SCORE and score > best.get(title.code, ("", "", 0.0))[2]:
                best[title.code] = (title.code, title.text, score)
        ranked = sorted(best.values(), key=lambda each: (-each[2], each[0]))[:MOST_RESULTS]
        return [each for each in ranked if each[2] >= _LEAST_SHARE * ranked[0][2]]


def _bonus(kind: str, rank: int | None) -> float:
    if kind == "alias":
        return 0.06 / (rank or 1)
    return 0.01 if kind == "group_title" else 0.0


def _joined(words: list[str]) -> list[str]:
    """Neighbours written as one: so that "fullstack" finds "full-stack"."""
    return [first + second for first, second in pairwise(words)]


@lru_cache(maxsize=1)
def _index(_state: tuple[int | None, int]) -> Index:
    columns = ("title", "normalised", "language", "occupation__code", "kind", "rank")
    rows = JobTitle.objects.values_list(*columns).order_by("pk")
    return Index(rows.iterator(chunk_size=5000))


def current_index() -> Index:
    """The index of the job titles as they are now."""
    state = JobTitle.objects.aggregate(newest=Max("pk"), count=Count("pk"))
    return _index((state["newest"], state["count"]))


def search(text: str, language: str = "") -> list[Found]:
    """The unit groups that a job title, or a NOC code, may mean, best first."""
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) > 1:
        ranked = [(code, text, 1.0) for code in rules.occupation_codes() if code.startswith(text)][:MOST_RESULTS]
    else:
        ranked = current_index().search(text, language or rules.language())
    found = []
    for code, matched, score in ranked:
        title = rules.occupation_title(code)
        if title is not None:
            found.append(Found(code, title, rules.occupation_teer(code), matched, score))
    return found


def hint(code: str) -> str:
    """What stands below an occupation's title: its code, and its level of training (TEER)."""
    return _("NOC %(code)s, TEER %(teer)s") % {"code": code, "teer": rules.occupation_teer(code)}
