"""The two of us: who of a couple should apply, for which program, and why."""
