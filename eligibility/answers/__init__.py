"""Stored answers: kept encrypted under a secret link, and read into a profile."""
