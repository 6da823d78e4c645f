"""A slice of the CRS (age, education, first official language) in other engines, beside ours.

Every way takes its numbers from the rulebook's grid, so none is written twice, and all totals are found equal before
anything is timed. The other engines are installed for this alone (`requirements-bench.lock`).
"""
