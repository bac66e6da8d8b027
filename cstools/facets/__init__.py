"""The teaching models, by the three facets of systems awareness: self, others, world.

``facets.world.shared_pond()`` returns a model to run, draw and explore. Each model is one file
of ten to forty lines with its story, its behaviour, where to intervene, and its sources.
"""

from cstools.facets import others, self, world

__all__ = ["others", "self", "world"]
