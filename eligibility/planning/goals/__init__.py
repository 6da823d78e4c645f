"""Goals: what a plan is to reach."""

from eligibility.planning.goals.goal import Goal, GoalError
from eligibility.planning.goals.points import PointsGoal
from eligibility.planning.goals.programs import DoorGoal, ProgramGoal
from eligibility.planning.goals.read import read_goal
from eligibility.planning.goals.rounds import RoundGoal
from eligibility.planning.goals.verdicts import may_be_met, undecided_by

__all__ = [
    "DoorGoal",
    "Goal",
    "GoalError",
    "PointsGoal",
    "ProgramGoal",
    "RoundGoal",
    "may_be_met",
    "read_goal",
    "undecided_by",
]
