"""Maps, exercises and live parts where there is no compiled library, as in a page without a server.

A second Python plays that page: whatever asks it for numpy or for what is built on it is told
that it is not installed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMPILED = ("matplotlib", "numba", "numpy", "pandas", "pysd", "scipy", "xarray")
BARE = f"""
import sys

class NotHere:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {COMPILED!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, NotHere())
"""
NEEDS = (
    "'numpy' is not installed, and this needs it; "
    "to see what is missing and how to install it: cstools check"
)
POND = """
from cstools import CausalLoopDiagram
pond = CausalLoopDiagram('''
    fish -> new fish: +
    new fish -> fish: +
    fish -> catch: +
    catch -> fish: -
''')
"""


def said(code: str) -> list[str]:
    """Return the lines that a program prints in a Python that has nothing compiled."""
    command = [sys.executable, "-c", f"{BARE}\n{code}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


DOORS = (
    *("cstools", "cstools.facets", "cstools.archetypes", "cstools.learning"),
    *("cstools.learning.exercises", "cstools.learning.generate"),
    *("cstools.causal_loops.diagram", "cstools.causal_loops.files"),
    *("cstools.stock_flow.model", "cstools.widgets.question"),
    *("cstools.widgets.editor", "cstools.widgets.explorer.live", "cstools.widgets.sketch.live"),
    *("cstools.widgets.canvas", "cstools.widgets.check_in", "cstools.widgets.practice_log"),
    *("cstools.widgets.loop_player", "cstools.widgets.presenter"),
)


def test_what_a_page_without_a_server_needs_is_imported_without_a_compiled_library():
    assert said(f"import {', '.join(DOORS)}\nprint('here')") == ["here"]


def test_what_is_imported_stays_free_of_compiled_libraries_where_they_are_installed():
    code = f"import sys, json, {', '.join(DOORS)}\nprint(json.dumps([*sys.modules]))"
    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {*json.loads(printed)} & {*COMPILED} == set()


def test_a_map_is_read_told_and_edited():
    lines = said(
        f"{POND}\nprint(pond)\nprint([loop.name for loop in pond.loops()])\nprint(pond.lint())\n"
        "editor = pond.edit()\n"
        "places = {(v['x'], v['y']) for v in editor.map['variables']}\n"
        "print(len(places), len(editor.map['links']))\n"
        "editor.map = {**editor.map, 'links': editor.map['links'][:2]}\n"
        "print(len(pond.links))"
    )
    assert lines == [
        "Causal loop diagram: 3 variables, 4 links, 2 loops. B1 (balancing): fish → catch → fish. "
        "R1 (reinforcing): fish → new fish → fish.",
        "['B1', 'R1']",
        "Nothing to remark.",
        "3 4",
        "2",
    ]


def test_a_map_says_why_it_has_no_picture():
    told = said(f"{POND}\nprint(pond._repr_mimebundle_()['text/html'])")
    assert "Its picture needs numpy, which is not installed here." in " ".join(told)


def test_an_explorer_has_its_equations_its_sliders_and_its_curves():
    lines = said(
        "from cstools import facets\n"
        "explorer = facets.world.shared_pond().explore()\n"
        "print('function simulate' in explorer.payload['source'])\n"
        "print([p['key'] for p in explorer.payload['parameters'] if p['slider']])\n"
        "explorer.values = {**explorer.values, 'price': 50}\n"
        "print(repr(explorer.answer['sentence']), repr(explorer.lit['note']))\n"
        "explorer.wanted = {'what': 'pictures', 'number': 1}\n"
        "print(explorer.pictures['loops']['said'])\n"
        "print(repr(explorer))"
    )
    assert lines == [
        "True",
        "['fish', 'fleet', 'share a boat catches', 'price', 'cost of a boat', 'boats follow']",
        "'' ''",
        "This picture needs numpy, which is not installed here.",
        "The shared pond.",
    ]


@pytest.mark.parametrize(
    ("name", "kind", "right", "wrong"),
    [
        ("01-bathtub/after four minutes", "Number", "'200 litres'", "75"),
        ("01-bathtub/fullest", "Choice", "'b'", "'a'"),
        (
            "01-bathtub/sketch",
            "Sketch",
            "[(0, 100), (4, 200), (8, 100), (12, 200), (16, 100)]",
            "[(0, 75), (4, 25), (8, 75), (12, 25)]",
        ),
        (
            "30-shared-pond/loops",
            "LoopsAndSigns",
            "question.kind.solution",
            "'fish -> catch: -'",
        ),
    ],
)
def test_an_exercise_is_asked_and_checked(name: str, kind: str, right: str, wrong: str):
    notebook, question = name.split("/")
    lines = said(
        "from cstools.learning import load_set\n"
        f"question = load_set({notebook!r})[{question!r}]\n"
        "print(type(question.kind).__name__)\n"
        "print('application/vnd.jupyter.widget-view+json' in question._repr_mimebundle_())\n"
        f"for answer in ({right}, {wrong}, None):\n"
        "    print(question.check(answer).outcome)\n"
    )
    assert lines == [kind, "True", "correct", "incorrect", "not attempted"]


def test_a_sketch_a_check_in_and_a_board_are_shown():
    lines = said(
        "from cstools import check_in, iceberg, practice_log, sketch\n"
        "parts = (sketch('fish', stop=80, high=1000), check_in(), iceberg('Late again'),\n"
        "         practice_log('three breaths'))\n"
        "for part in parts:\n"
        "    bundle = part._repr_mimebundle_()\n"
        "    data = bundle[0] if isinstance(bundle, tuple) else bundle\n"
        "    print('application/vnd.jupyter.widget-view+json' in data, bool(data['text/html']))\n"
    )
    assert lines == ["True True"] * 4


def test_the_check_of_an_installation_is_not_stopped_by_what_is_missing():
    assert said("from cstools import installation\nprint(installation.arithmetic())") == ["[]"]


def test_a_run_in_python_says_what_it_needs():
    lines = said(
        "from cstools import CstoolsError, facets\n"
        "try:\n    facets.world.shared_pond().run()\n"
        "except CstoolsError as error:\n    print(type(error).__name__, error)"
    )
    assert lines == [f"MissingPartError {NEEDS}"]
