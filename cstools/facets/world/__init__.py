"""The larger systems of society, economy and ecology."""

from cstools.facets.world.bathtub import bathtub
from cstools.facets.world.climate_bathtub import carbon_pulse, climate_bathtub
from cstools.facets.world.daisyworld import daisyworld
from cstools.facets.world.pond_council import pond_council
from cstools.facets.world.shared_pond import pond_with_quota, shared_pond
from cstools.facets.world.shared_pond_boats import shared_pond_boats
from cstools.facets.world.small_world import small_world
from cstools.facets.world.supply_line import kitchen_alone, supply_line

__all__ = [
    "bathtub",
    "carbon_pulse",
    "climate_bathtub",
    "daisyworld",
    "kitchen_alone",
    "pond_council",
    "pond_with_quota",
    "shared_pond",
    "shared_pond_boats",
    "small_world",
    "supply_line",
]
