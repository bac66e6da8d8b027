"""Programmes as data: what the documents say about each run, with its source, and "not stated"."""
