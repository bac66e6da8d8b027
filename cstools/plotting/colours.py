"""The colours of the house, for every picture: print, page and widget.

They stand apart from :mod:`cstools.plotting.style` so that a diagram can be written as SVG
without loading matplotlib, which takes most of a second.
"""

INK = "#1f2933"
QUIET = "#52606d"
PAPER = "#ffffff"
GRID = "#d9dee4"

REINFORCING = "#b3460b"
BALANCING = "#0b62a4"

# The same two on a dark page, where the deep ones cannot be read.
REINFORCING_ON_DARK = "#f2a072"
BALANCING_ON_DARK = "#7cbcf2"
