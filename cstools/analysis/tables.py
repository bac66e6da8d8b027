"""A table in print, as :mod:`cstools.plotting.tables` makes it: maps show theirs with the same."""

from cstools.plotting.tables import html as html
from cstools.plotting.tables import listed as listed
from cstools.plotting.tables import percent as percent
