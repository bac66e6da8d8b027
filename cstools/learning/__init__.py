"""How people learn here: exercises, references, and the shape that every notebook has."""

from cstools.learning.checks import Words
from cstools.learning.exercises import check_in, load_set
from cstools.learning.references import cite, reference, term

__all__ = ["Words", "check_in", "cite", "load_set", "reference", "term"]
