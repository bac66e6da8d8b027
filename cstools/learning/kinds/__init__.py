"""The six kinds of exercise, one a file; only a model needs a compiled package, and when it runs.

A kind knows three things: how to read its part of a source, how to judge an answer that was
given, and how its answer is asked for. What every question has (hints, misconceptions, the
solution in words) is :mod:`cstools.learning.exercises`'.
"""
