"""What nbgrader needs to know stands in the cells: whoever uses it can, and nobody has to.

The rules are those of nbgrader's guide for contributors, "JSON Metadata Format", and of its schema
of version 3; points are read as its ``determine_grade`` does, from the number a locked cell gives.
"""

import json
import re
from pathlib import Path

import pytest

from cstools.learning import load_set
from cstools.learning.generate import answer_in_code, notebooks

EXERCISES = Path(__file__).parents[2] / "exercises"
SETS = sorted(path.parent.name for path in EXERCISES.glob("*/source.toml"))
every_set = pytest.mark.parametrize("name", SETS)
NEEDED = {"schema_version", "grade", "locked", "solution"}
KNOWN = {*NEEDED, "task", "grade_id", "points"}


def cells(name):
    return json.loads(notebooks(load_set(name))[f"{name}.ipynb"])["cells"]


def marked(name):
    return [cell for cell in cells(name) if "nbgrader" in cell["metadata"]]


@every_set
def test_the_metadata_is_that_of_version_3(name):
    for cell in marked(name):
        meta = cell["metadata"]["nbgrader"]
        assert meta.keys() <= KNOWN
        assert meta.keys() >= NEEDED
        assert meta["schema_version"] == 3
        assert re.fullmatch(r"[a-zA-Z0-9_\-]+", meta["grade_id"])
        assert ("points" in meta) == meta["grade"]
        assert all(type(meta[word]) is bool for word in ("grade", "locked", "solution", "task"))
    identities = [cell["metadata"]["nbgrader"]["grade_id"] for cell in marked(name)]
    assert len(set(identities)) == len(identities)


@every_set
def test_each_question_has_a_cell_to_answer_in_and_a_locked_one_with_its_point(name):
    kinds = [
        tuple(cell["metadata"]["nbgrader"][word] for word in ("grade", "locked", "solution"))
        for cell in marked(name)
    ]
    count = len(load_set(name))
    assert kinds == [(False, False, True)] * count + [(True, True, False)] * count


def graded(name, answer):
    """Run the code cells with what ``answer`` puts in the place of each; return the points."""
    names, points = {}, []
    questions = iter(load_set(name))
    for cell in cells(name):
        source, meta = "".join(cell["source"]), cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] != "code":
            continue
        if meta.get("grade"):
            points.append(eval(source, names))
        elif meta.get("solution"):
            exec(answer(next(questions), source), names)
        else:
            exec(source, names)
    return points


@every_set
def test_right_answers_give_every_point_and_blank_ones_none(name):
    def right(question, _):
        return f'exercises["{question.name}"].check({answer_in_code(question.kind)})'

    count = len(load_set(name))
    assert graded(name, right) == [1.0] * count
    assert graded(name, lambda _, source: source) == [0.0] * count


def test_points_print_as_the_number_that_nbgrader_reads():
    exercises = load_set(SETS[0])
    assert float(repr(exercises.points(1))) == 0.0
