"""A Vensim file becomes a model: PySD's translator reads it, this room puts it together.

PySD turns a ``.mdl`` file into plain structures meant for other programs to build on. They carry
a stock as an integral of an expression; here its flows are found again, since a diagram and a
learner need them by name.

text
    The file taken apart: macros, variables, subscript ranges.
grammar, expressions, functions
    The right side of an equation: PySD's structures, and then a tree.
pieces, macros, data, exceptions
    Each equation becomes a part: arrays, macro calls, numbers from spreadsheets, ``:EXCEPT:``.
clock, delays, flows, reading
    What must be known before a run, the flows of each stock, and the whole put together.
"""

from cstools.stock_flow.vensim.reading import read as read
