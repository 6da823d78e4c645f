"""Every change of what is in force, one class each: admin, commands and imports all call these."""

from programs.actions.base import ActionRefused, AlreadyDone
from programs.actions.check import CheckSources
from programs.actions.new_version import NewVersionFrom
from programs.actions.notices import ResolveNotice
from programs.actions.publish import CannotPublish, PublishVersion, WithdrawVersion
from programs.actions.roll_back import RollBackTo
from programs.actions.two_persons import NeedsAnotherPerson

__all__ = [
    "ActionRefused",
    "AlreadyDone",
    "CannotPublish",
    "CheckSources",
    "NeedsAnotherPerson",
    "NewVersionFrom",
    "PublishVersion",
    "ResolveNotice",
    "RollBackTo",
    "WithdrawVersion",
]
