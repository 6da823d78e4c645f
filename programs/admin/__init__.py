"""The admin of the rules, one file a subject."""

from programs.admin.context_figures import FiguresAdmin
from programs.admin.factors import CaseAdmin, FactorAdmin
from programs.admin.figures import (
    ConversionAdmin,
    LanguageTestAdmin,
    OccupationListAdmin,
    OccupationListVersionAdmin,
    ReferenceTableAdmin,
    ReferenceTableVersionAdmin,
)
from programs.admin.grids import GridAdmin, GridVersionAdmin
from programs.admin.levers import LeverCollectionAdmin
from programs.admin.notices import NoticeAdmin
from programs.admin.occupations import CorrespondenceAdmin, OccupationAdmin, OccupationGuideAdmin
from programs.admin.programs import ProgramAdmin, ProgramVersionAdmin, RequirementAdmin
from programs.admin.records import DrawAdmin, PoolBandAdmin, RoundAdmin
from programs.admin.reference import ChangeAdmin, FactAdmin, SourceAdmin
from programs.admin.situations import H1BSituationsAdmin

__all__ = [
    "CaseAdmin",
    "ChangeAdmin",
    "ConversionAdmin",
    "CorrespondenceAdmin",
    "DrawAdmin",
    "FactAdmin",
    "FactorAdmin",
    "FiguresAdmin",
    "GridAdmin",
    "GridVersionAdmin",
    "H1BSituationsAdmin",
    "LanguageTestAdmin",
    "LeverCollectionAdmin",
    "NoticeAdmin",
    "OccupationAdmin",
    "OccupationGuideAdmin",
    "OccupationListAdmin",
    "OccupationListVersionAdmin",
    "PoolBandAdmin",
    "ProgramAdmin",
    "ProgramVersionAdmin",
    "ReferenceTableAdmin",
    "ReferenceTableVersionAdmin",
    "RequirementAdmin",
    "RoundAdmin",
    "SourceAdmin",
]
