"""The page of plans: what a person could do to reach a goal, and the plan that they choose."""
