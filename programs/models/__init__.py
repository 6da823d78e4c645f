"""The models of the rules, one file a subject."""

from programs.models.accounts import BackupCodes, GivenPassword
from programs.models.base import Confidence
from programs.models.conditions import Condition
from programs.models.correspondences import Correspondence
from programs.models.draws import Draw
from programs.models.editing import Editing
from programs.models.examples import Example
from programs.models.figures import FigureRow, Figures
from programs.models.freshness import FreshnessLimits
from programs.models.grids import Case, Factor, Grid, GridVersion, PointsTable
from programs.models.guard import LOCKED, PublishedVersionIsImmutable, Status, rules_unlocked
from programs.models.history import Change, HistoryIsKept, LoadedFile, RulebookRevision
from programs.models.languages import AbilityScale, Conversion, LanguageTest
from programs.models.levers import LeverCollection
from programs.models.lists import ListEntry, OccupationList, OccupationListVersion
from programs.models.notices import Notice, NoticeSource
from programs.models.occupation_guide import MainDuty, Neighbour, OccupationGuide, OccupationRemark
from programs.models.occupations import Abbreviation, Classification, JobTitle, Occupation
from programs.models.pool import PoolBand
from programs.models.programs import (
    Intake,
    NextStep,
    Outlook,
    Program,
    ProgramFact,
    ProgramGrid,
    ProgramVersion,
    Requirement,
)
from programs.models.rounds import Round
from programs.models.situations import H1BSituations
from programs.models.sources import Source, SourceCollection
from programs.models.tables import ReferenceTable, ReferenceTableVersion, TableRow
from programs.models.versions import Origin, Version
from programs.models.vocabulary import Fact
from programs.models.waiting import WaitingChange

__all__ = [
    "LOCKED",
    "Abbreviation",
    "AbilityScale",
    "BackupCodes",
    "Case",
    "Change",
    "Classification",
    "Condition",
    "Confidence",
    "Conversion",
    "Correspondence",
    "Draw",
    "Editing",
    "Example",
    "Fact",
    "Factor",
    "FigureRow",
    "Figures",
    "FreshnessLimits",
    "GivenPassword",
    "Grid",
    "GridVersion",
    "H1BSituations",
    "HistoryIsKept",
    "Intake",
    "JobTitle",
    "LanguageTest",
    "LeverCollection",
    "ListEntry",
    "LoadedFile",
    "MainDuty",
    "Neighbour",
    "NextStep",
    "Notice",
    "NoticeSource",
    "Occupation",
    "OccupationGuide",
    "OccupationList",
    "OccupationListVersion",
    "OccupationRemark",
    "Origin",
    "Outlook",
    "PointsTable",
    "PoolBand",
    "Program",
    "ProgramFact",
    "ProgramGrid",
    "ProgramVersion",
    "PublishedVersionIsImmutable",
    "ReferenceTable",
    "ReferenceTableVersion",
    "Requirement",
    "Round",
    "RulebookRevision",
    "Source",
    "SourceCollection",
    "Status",
    "TableRow",
    "Version",
    "WaitingChange",
    "rules_unlocked",
]
