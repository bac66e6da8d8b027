"""What a place costs each person, and what a cohort pays together."""
