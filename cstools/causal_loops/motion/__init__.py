"""The diagram in motion: six ways to let a map move, and what each of them takes for granted.

A causal loop diagram does not determine behaviour. It has no amounts, no speeds and no limits, so
each engine here adds some of its own, says which, and may be wrong in its own way; where several
are run side by side (:mod:`~cstools.causal_loops.motion.together`), what only one of them says is
a property of that engine rather than of the map.

==============  =====================================================================
``signals``     the story of one loop, told link by link
``pulse``       one push that travels on; each change causes the next
``fuzzy``       levels squeezed between two ends, all links weighed together
``relations``   links in words: a lot, a little, more and more
``press``       a push that lasts: where does the balance shift, and how sure is that
``draws``       the same question with strengths drawn at random
``together``    all of them on one map, with where they agree and where not
==============  =====================================================================

The workers take a :class:`~cstools.causal_loops.motion.signed.SignedMap` and give frozen results.
"""
