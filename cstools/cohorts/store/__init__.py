"""Where cohorts are kept: SQLite files or PostgreSQL, names apart, saves whole or not at all."""
