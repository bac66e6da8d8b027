"""The teaching models, by the three facets of systems awareness: self, others, world.

``facets.world.shared_pond()`` returns a model to run, draw and explore. Each model is one short
file with its story, its behaviour over time, where to intervene, how it can mislead, and its
sources.
"""

from cstools.facets import others, self, world

__all__ = ["others", "self", "world"]
