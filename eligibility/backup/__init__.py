"""The whole database in one file, and back: one form for SQLite and PostgreSQL, for this release and earlier ones."""
