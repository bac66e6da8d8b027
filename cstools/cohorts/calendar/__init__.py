"""The year: workshops, calls and deadlines on their own clock, shown on anybody's."""
