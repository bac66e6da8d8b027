"""Overlays that several tests of the planner share."""

CALLS_AT_NINE = """
[[calls]]
name = "monthly call"
every = "month"
day = "second Tuesday"
start = 09:00:00
zone = "America/New_York"
minutes = 120
"""
"""The calls of 2026–27 with all that the documents leave open."""
