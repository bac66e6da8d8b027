"""Maps and matrices that several tests of the diagram in motion share."""

import numpy as np
from hypothesis import strategies as st

from cstools.causal_loops.diagram import CausalLoopDiagram

SIGNS = {1: "+", -1: "-", 2: "?"}


def of_matrix(matrix):
    """Return the map whose row is the effect and whose column is the cause; 2 stands for ?."""
    size = range(len(matrix))
    map_ = CausalLoopDiagram(f"variables: {', '.join(f'v{i}' for i in size)}")
    for i in size:
        for j in size:
            if matrix[i][j]:
                map_.link(f"v{j}", f"v{i}", SIGNS[int(matrix[i][j])])
    return map_


def matrices(smallest=1, largest=5, signs=(-1, 0, 1), diagonal=None):
    """Return a strategy for square matrices of signs."""

    def build(size):
        cells = st.lists(st.sampled_from(signs), min_size=size * size, max_size=size * size)
        return cells.map(lambda values: _filled(values, size, diagonal))

    return st.integers(smallest, largest).flatmap(build)


def _filled(values, size, diagonal):
    matrix = np.array(values).reshape(size, size)
    if diagonal is not None:
        np.fill_diagonal(matrix, diagonal)
    return matrix
