"""Every change of what is in force, one class each: admin, commands and imports all call these."""

from programs.actions.base import ActionRefused
from programs.actions.new_version import NewVersionFrom
from programs.actions.notices import ResolveNotice
from programs.actions.publish import CannotPublish, PublishVersion, WithdrawVersion

__all__ = [
    "ActionRefused",
    "CannotPublish",
    "NewVersionFrom",
    "PublishVersion",
    "ResolveNotice",
    "WithdrawVersion",
]
