"""The larger systems of society, economy and ecology."""

from cstools.facets.world.bathtub import bathtub
from cstools.facets.world.shared_pond import pond_with_quota, shared_pond

__all__ = ["bathtub", "pond_with_quota", "shared_pond"]
