"""An index of job titles: forgiving of word order, endings, typing errors, abbreviations and language.

It is built once from all titles and never changes. A title is found by its words: each word that was typed is looked
up as it stands, as the beginning of a longer word, by what it is short for, and, where there is no such word, by the
words most like it. Rare words count for more than common ones.
"""

import bisect
import math
import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_RESULTS = 10
_MOST_WORDS = 8
# Letters of a title that are looked at, and titles whose results are kept.
_LONGEST, _MOST_KEPT = 200, 1024
_MOST_READINGS = 8
_MOST_PREFIXED = 60
_MOST_ALIKE = 8
_SMALL_WORDS = frozenset({
    "a", "an", "and", "at", "au", "aux", "d", "de", "des", "du", "en", "et", "for", "h", "f", "m",
    "in", "l", "la", "le", "les", "of", "or", "ou", "the", "to",
})  # fmt: skip
_LEAST_LIKENESS = 0.7
_LEAST_SCORE = 0.4
# Of the best one's score: what is much worse than that was not meant.
_LEAST_SHARE = 0.82
# A word that says nothing of the occupation (a level, "remote") counts for this much of any other.
_LEVEL_WEIGHT = 0.12
# "Junior software engineer" is a worse name for what was found than "Software engineer".
_LEVEL_MALUS = 0.04
# What is read through an abbreviation is a little less sure than what was written out.
_READ_INTO = 0.97
_NOT_LETTERS = re.compile(r"[^a-z0-9+#.]+")


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A job title that leads to a unit group. `rank` 1 is the group to show first."""

    title: str
    language: str
    code: str
    kind: str = "official_index"
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit group, the title that led to it, and how well that fits (about 1 is a perfect fit)."""

    code: str
    matched: str
    score: float


def plain(text: str) -> str:
    """A title without capitals, accents and punctuation.

    >>> plain("Développeur/développeuse de logiciels (C++)")
    'developpeur developpeuse de logiciels c++'
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    spaced = _NOT_LETTERS.sub(" ", bare.casefold())
    return " ".join(word.rstrip(".") for word in spaced.split() if word.strip("."))


# Only for titles of the index, which has the same ones at hand again and again; never for what somebody typed.
_plain_title = lru_cache(maxsize=4096)(plain)


def words_of(text: str) -> list[str]:
    """The words of a title that say something, in the singular.

    >>> words_of("Directors of nursing - the hospitals")
    ['director', 'nursing', 'hospital']
    """
    return [_singular(word) for word in plain(text).split() if word not in _SMALL_WORDS]


@lru_cache(maxsize=50_000)
def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _ideas(words: Iterable[str]) -> int:
    """How many different things the words name: a French title says each in two genders.

    >>> _ideas(["infirmier", "autorise", "infirmiere", "autorisee"])
    2
    """
    return len({word[:4] if len(word) > 4 else word for word in words})


class TitleIndex:
    """Job titles by their words. Nothing in it changes once it is built."""

    def __init__(self, rows: Iterable[TitleRow], abbreviations: Iterable[tuple[str, str]] = ()) -> None:
        """Take the titles, and pairs of a word and what it stands for (nothing, for a word without weight)."""
        self._titles: list[str] = []
        self._codes: list[str] = []
        self._lengths = array("B")
        self._bonuses = array("f")
        self._is_french = bytearray()
        self._levels, self._stands_for = _abbreviations(abbreviations)
        postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        joined: dict[str, array[int]] = defaultdict(lambda: array("I"))
        codes: dict[str, str] = {}
        for number, row in enumerate(rows):
            words = words_of(row.title)
            telling = [word for word in words if word not in self._levels] or words
            self._titles.append(row.title)
            self._codes.append(codes.setdefault(row.code, row.code))
            self._lengths.append(min(255, _ideas(telling) if "/" in row.title else len(set(telling))))
            self._bonuses.append(_bonus(row.kind, row.rank) - _LEVEL_MALUS * (len(words) - len(telling)))
            self._is_french.append(row.language == "fr")
            for word in set(words):
                postings[word].append(number)
            for together in {first + second for first, second in pairwise(words)}:
                joined[together].append(number)
        # Two words written as one ("fullstack") matter only where that is not a word of its own.
        self._joined = {word: found for word, found in joined.items() if word not in postings and len(word) > 5}
        self._postings = dict(postings)
        self._vocabulary = sorted(self._postings)
        self._by_length: dict[int, list[str]] = {}
        for word in self._vocabulary:
            self._by_length.setdefault(len(word), []).append(word)
        # People look at a page several times, and many have the same job.
        self._found = lru_cache(maxsize=_MOST_KEPT)(self._search)

    def __len__(self) -> int:
        """How many titles there are."""
        return len(self._titles)

    def search(self, text: str, language: str = "en", most: int = MOST_RESULTS) -> list[Hit]:
        """The unit groups that a title may mean, best first, each once.

        >>> index = TitleIndex([TitleRow("Software engineer", "en", "21231"), TitleRow("Welder", "en", "72106")])
        >>> [hit.code for hit in index.search("enginer sofware")]
        ['21231']
        """
        return list(self._found(text[:_LONGEST], language, most))

    def _search(self, text: str, language: str, most: int) -> tuple[Hit, ...]:
        typed = list(dict.fromkeys(words_of(text)))[:_MOST_WORDS]
        if not typed:
            return ()
        lookup = _Lookup(self)
        both_genders, asked = "/" in text, plain(text)
        best: dict[str, Hit] = {}
        for number, words in enumerate(self._readings(typed)):
            telling = [word for word in words if word not in self._levels] or words
            size = _ideas(telling) if both_genders else len(telling)
            sureness = 1.0 if number == 0 else _READ_INTO
            for hit in self._ranked(words, lookup, size=size, language=language, asked=asked, sureness=sureness):
                if hit.score > best.get(hit.code, hit).score or hit.code not in best:
                    best[hit.code] = hit
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.code))[:most]
        return tuple(hit for hit in ranked if hit.score >= _LEAST_SHARE * min(1.0, ranked[0].score))

    def _readings(self, typed: list[str]) -> Iterable[list[str]]:
        """The ways to read what was typed: as it stands, and with each abbreviation written out."""
        yield from islice(self._written_out(typed), _MOST_READINGS)
        for place, (first, second) in enumerate(pairwise(typed)):
            if first + second in self._postings:
                yield [*typed[:place], first + second, *typed[place + 2 :]]

    def _written_out(self, typed: list[str]) -> Iterable[list[str]]:
        ways: list[list[list[str]]] = [
            [[word], *(written for written in self._stands_for.get(word, ()) if written != [word])] for word in typed
        ]
        for parts in product(*ways):
            yield list(dict.fromkeys(word for part in parts for word in part))

    def _ranked(
        self, words: list[str], lookup: "_Lookup", *, size: int, language: str, asked: str, sureness: float
    ) -> Iterable[Hit]:
        """Hits for one reading. `size` is how many things its words name, levels aside."""
        gains: dict[int, float] = defaultdict(float)
        weight = 0.0
        for word in words:
            share = _LEVEL_WEIGHT if word in self._levels and size < len(words) else 1.0
            rarity, found = lookup.gains(word)
            weight += rarity * share
            for number, gain in found.items():
                gains[number] += gain * share
        if not gains:
            return
        french = language == "fr"
        enough = 0.55 * max(gains.values())
        best: dict[str, tuple[float, int]] = {}
        for number, gain in gains.items():
            if gain < enough:
                continue
            length = self._lengths[number] or 1
            fit = min(1.0, size / length)
            score = 0.75 * gain / weight + 0.25 * fit + self._bonuses[number]
            score += 0.02 if self._is_french[number] == french else 0.0
            if fit == 1.0 and _plain_title(self._titles[number]) == asked:
                score += 0.15
            score *= sureness
            code = self._codes[number]
            if score >= _LEAST_SCORE and (code not in best or score > best[code][0]):
                best[code] = (score, number)
        for code, (score, number) in best.items():
            yield Hit(code, self._titles[number], score)


class _Lookup:
    """The words of one query, each looked up once."""

    def __init__(self, index: TitleIndex) -> None:
        self._index = index
        self._known: dict[str, tuple[float, dict[int, float]]] = {}

    def gains(self, word: str) -> tuple[float, dict[int, float]]:
        """How much a word counts, and what each title with a word like it gains by it."""
        if word not in self._known:
            self._known[word] = self._look_up(word)
        return self._known[word]

    def _look_up(self, word: str) -> tuple[float, dict[int, float]]:
        likenesses = self._alike(word)
        index = self._index
        closest = max(likenesses, key=lambda match: likenesses[match], default="")
        rarity = math.log(2 + len(index._titles) / (1 + len(index._postings.get(closest, ()))))
        found: dict[int, float] = {}
        for match, likeness in sorted(likenesses.items(), key=lambda pair: pair[1]):
            found.update(dict.fromkeys(index._postings.get(match) or index._joined[match], likeness * rarity))
        return rarity, found

    def _alike(self, word: str) -> dict[str, float]:
        index = self._index
        if word in index._joined:
            return {word: 0.98}
        found = {word: 1.0} if word in index._postings else {}
        if len(word) >= 2:
            start = bisect.bisect_left(index._vocabulary, word)
            for candidate in index._vocabulary[start : start + _MOST_PREFIXED]:
                if not candidate.startswith(word):
                    break
                found.setdefault(candidate, 0.6 + 0.35 * len(word) / len(candidate))
        if len(word) >= 4 and word not in index._postings:
            # Words much longer or shorter than this one cannot be like it.
            lengths = range(math.ceil(len(word) * _LEAST_LIKENESS), int(len(word) / _LEAST_LIKENESS) + 1)
            near = process.extract(
                word,
                [each for length in lengths for each in index._by_length.get(length, ())],
                scorer=OSA.normalized_similarity,
                score_cutoff=_LEAST_LIKENESS,
                limit=_MOST_ALIKE,
            )
            for candidate, likeness, _place in near:
                same_start = 1.0 if candidate[0] == word[0] else 0.93
                found[candidate] = max(found.get(candidate, 0.0), (0.35 + 0.6 * likeness) * same_start)
        return found


def _abbreviations(pairs: Iterable[tuple[str, str]]) -> tuple[frozenset[str], Mapping[str, list[list[str]]]]:
    levels: set[str] = set()
    stands_for: dict[str, list[list[str]]] = defaultdict(list)
    for word, written in pairs:
        short = _singular(plain(word))
        if written:
            stands_for[short].append(words_of(written))
        else:
            levels.add(short)
    return frozenset(levels), dict(stands_for)


def _bonus(kind: str, rank: int | None) -> float:
    if kind == "alias":
        return 0.06 / (rank or 1)
    return 0.03
