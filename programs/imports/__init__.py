"""Tables of what has happened (rounds, the pool, draws), read from files: previewed, confirmed, written in one go."""
