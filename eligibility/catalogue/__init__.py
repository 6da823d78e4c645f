"""The public catalogue: every program, points grid, occupation list and round, for anyone who comes by.

It shows the rules as they are published and knows nothing of any person.
"""
