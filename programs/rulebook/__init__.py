"""The compiled rulebook. No Django here: documents in, an immutable object out."""

from programs.rulebook.book import (
    GridInForce,
    ListInForce,
    ProgramInForce,
    Rulebook,
    RulebookInForce,
    TableInForce,
    TestInForce,
    UnitGroup,
    build,
)
from programs.rulebook.draws import Draw, Draws
from programs.rulebook.pool import PoolBand, PoolSnapshot
from programs.rulebook.rounds import Round
from programs.rulebook.vocabulary import ABILITIES, FactEntry, Scale, Vocabulary, vocabulary

__all__ = [
    "ABILITIES",
    "Draw",
    "Draws",
    "FactEntry",
    "GridInForce",
    "ListInForce",
    "PoolBand",
    "PoolSnapshot",
    "ProgramInForce",
    "Round",
    "Rulebook",
    "RulebookInForce",
    "Scale",
    "TableInForce",
    "TestInForce",
    "UnitGroup",
    "Vocabulary",
    "build",
    "vocabulary",
]
