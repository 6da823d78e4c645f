"""Trying the mutants that mutmut makes, in a fraction of the time that it takes itself (docs/mutation.md)."""
