"""Others: models of the people around us, and of what goes round between them."""

from cstools.facets.others.classroom_coupling import classroom_coupling
from cstools.facets.others.emotional_contagion import emotional_contagion

__all__ = ["classroom_coupling", "emotional_contagion"]
