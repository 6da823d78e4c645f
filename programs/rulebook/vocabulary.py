"""The vocabulary: the closed list of facts, and of the values they take, that rules may use.

It is written once, in ``programs/vocabulary.yaml``; everything else reads it from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import yaml

from programs.packs.schema.common import Text

VOCABULARY_FILE = Path(__file__).resolve().parent.parent / "vocabulary.yaml"
ABILITIES = ("listening", "reading", "writing", "speaking")
FactType = Literal["number", "money", "level", "clb", "boolean", "choice", "country", "province", "occupation", "set"]

ORDERED = frozenset({"number", "money", "level", "clb"})
_ORDER = ("==", "!=", ">=", "<=", ">", "<", "in", "not_in")
_NAMED = ("==", "!=", "in", "not_in")
OPERATORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(ORDERED, _ORDER),
        **dict.fromkeys(("choice", "country", "province", "occupation"), _NAMED),
        "boolean": ("==",),
        "set": ("contains", "contains_none", "in"),
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class FactEntry:
    """One fact: its type and unit, how it is called, and the answers that settle it.

    There is one object for each fact, so entries are compared by identity, which is quick. Where choices are
    `by_province`, each province has its own, and a table need not name those of the others.
    """

    key: str
    type: FactType
    label: Text
    answers: tuple[str, ...]
    unit: str | None = None
    of: str | None = None
    choices: tuple[str, ...] = ()
    choice_labels: Mapping[str, Text] = field(default_factory=dict)
    by_province: bool = False

    @property
    def operators(self) -> tuple[str, ...]:
        """The operators that a condition may use with this fact."""
        return OPERATORS[self.type]


@dataclass(frozen=True, slots=True)
class LevelEntry:
    """A level of education; `rank` orders them, lowest first."""

    key: str
    rank: int
    label: Text
    short: Text
    post_secondary: bool
    three_years: bool
    credentials: int | None = None


@dataclass(frozen=True, slots=True)
class LanguageSet:
    """Four abilities of one language, seen in one role (first official language, English…)."""

    key: str
    label: Text
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a scale, both on it; no `high`: it has no upper end. `whole`: it has whole numbers only."""

    low: int
    high: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts by key, the language sets, the levels of education, the relations, and scales by type or unit."""

    facts: Mapping[str, FactEntry]
    language_sets: Mapping[str, LanguageSet]
    levels: tuple[LevelEntry, ...]
    relations: Mapping[str, Text]
    scales: Mapping[str, Scale]

    def scale_of(self, entry: FactEntry) -> Scale | None:
        """The scale that a fact's values lie on; None where nothing is said of it."""
        return self.scales.get(entry.type) or self.scales.get(entry.unit or "")

    def level_rank(self, key: str) -> int:
        """The place of a level of education in their order. Raises KeyError for an unknown one."""
        for level in self.levels:
            if level.key == key:
                return level.rank
        raise KeyError(key)


def _levels(entries: list[dict[str, Any]]) -> tuple[LevelEntry, ...]:
    return tuple(
        LevelEntry(
            key=entry["key"],
            rank=rank,
            label=Text.model_validate(entry["label"]),
            short=Text.model_validate(entry["short"]),
            post_secondary=entry["post_secondary"],
            three_years=entry["three_years"],
            credentials=entry.get("combination_of", {}).get("credentials"),
        )
        for rank, entry in enumerate(entries)
    )


def _choice_key(choice: str | dict[str, Any]) -> str:
    return choice if isinstance(choice, str) else choice["key"]


def _choice_labels(choices: list[str | dict[str, Any]]) -> Mapping[str, Text]:
    """The labels of those choices that have one of their own."""
    labelled = (choice for choice in choices if isinstance(choice, dict))
    return MappingProxyType({choice["key"]: Text.model_validate(choice["label"]) for choice in labelled})


def _ability_facts(language: LanguageSet) -> dict[str, FactEntry]:
    names = {
        "listening": ("listening", "compréhension de l'oral"),
        "reading": ("reading", "compréhension de l'écrit"),
        "writing": ("writing", "expression écrite"),
        "speaking": ("speaking", "expression orale"),
        "lowest": ("lowest ability", "compétence la plus faible"),
    }
    return {
        f"{language.key}_{part}": FactEntry(
            key=f"{language.key}_{part}",
            type="clb",
            unit="CLB",
            label=Text(en=f"{language.label.en}, {english}", fr=f"{language.label.fr}, {french}"),
            answers=language.answers,
        )
        for part, (english, french) in names.items()
    }


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary as written in ``vocabulary.yaml``."""
    written = yaml.safe_load(VOCABULARY_FILE.read_text(encoding="utf-8"))
    facts: dict[str, FactEntry] = {}
    for entry in written["facts"]:
        facts[entry["key"]] = FactEntry(
            key=entry["key"],
            type=entry["type"],
            label=Text.model_validate(entry["label"]),
            answers=tuple(entry["answers"]),
            unit=entry.get("unit"),
            of=entry.get("of"),
            choices=tuple(map(_choice_key, entry.get("choices", ()))),
            choice_labels=_choice_labels(entry.get("choices", ())),
            by_province=entry.get("by_province", False),
        )
    sets = {
        entry["key"]: LanguageSet(entry["key"], Text.model_validate(entry["label"]), tuple(entry["answers"]))
        for entry in written["language_sets"]
    }
    for language in sets.values():
        facts.update(_ability_facts(language))
    return Vocabulary(
        facts=MappingProxyType(facts),
        language_sets=MappingProxyType(sets),
        levels=_levels(written["education_levels"]),
        relations=MappingProxyType({each["key"]: Text.model_validate(each["label"]) for each in written["relations"]}),
        scales=MappingProxyType(
            {
                name: Scale(ends["from"], ends.get("to"), ends.get("whole", False))
                for name, ends in written["scales"].items()
            }
        ),
    )
