"""A made-up population of H-1B workers: as many as wanted, the same in every run, for measuring and for previews.

They follow published figures where there are any (`statistics.yaml` says which, with their sources) and plausible
assumptions elsewhere. Nobody in it exists. No Django here.

    >>> [person["id"] for person in profiles(2)]
    ['p01', 'p02']
"""

from eligibility.demo.population.make import AS_OF, POPULATION_FILE, SEED, SIZE, as_lines, profile_of, profiles

__all__ = ["AS_OF", "POPULATION_FILE", "SEED", "SIZE", "as_lines", "profile_of", "profiles"]
