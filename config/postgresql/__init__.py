"""PostgreSQL as Django speaks to it, for whom one attempt at a time is enough while it cannot be reached."""
