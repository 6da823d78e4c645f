"""Several assessments beside each other: points by factor and programs, with every difference from the first marked."""
