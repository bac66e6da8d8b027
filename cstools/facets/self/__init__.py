"""The self: models of the mind-heart-body system, to look at with kindness."""

from cstools.facets.self.creative_tension import creative_tension

__all__ = ["creative_tension"]
