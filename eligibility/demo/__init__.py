"""People who do not exist: a few to look at, and as many as wanted to measure and try rules with."""
