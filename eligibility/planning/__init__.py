"""Planning: what a person could do to reach a goal, what time does by itself, and who of two should apply.

No Django here: a profile, a rulebook and days in, plain immutable results out.
"""

from eligibility.planning.compare import compare
from eligibility.planning.goals import GoalError, read_goal
from eligibility.planning.plans import plan
from eligibility.planning.swap import swap
from eligibility.planning.timeline import timeline

__all__ = ["GoalError", "compare", "plan", "read_goal", "swap", "timeline"]
