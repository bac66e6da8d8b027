"""What the map editor works out in the page is what Python works out: loops, text, words, arcs."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from itertools import permutations, product
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

import cstools.widgets
from cstools import CausalLoopDiagram
from cstools.causal_loops.parts import Link
from cstools.causal_loops.picture import drawing_of, marked
from cstools.causal_loops.plain import to_plain
from cstools.causal_loops.two_way import two_way
from cstools.names import key, label
from cstools.plotting.lettering import broken, width
from cstools.plotting.words import more_or_less
from cstools.widgets.editor.places import arranged
from tests.conftest import missing

Node = Callable[[str, Any], Any]
WORDS = """stress sleep mistakes "time, alone" people trust news boss births costs
    schedule_pressure work_remaining children Übung Straße ÉCOLE x 睡眠 “joy” -fear
    (a) [b]""".split()


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Run a function of the page's own modules over some values, in Node."""
    program = shutil.which("node")
    if program is None:
        missing("no node on this machine (on Debian: apt install nodejs)")
    place = tmp_path_factory.mktemp("modules") / "widgets"
    shutil.copytree(Path(cstools.widgets.__file__).parent, place)
    (place / "package.json").write_text('{"type": "module"}')

    def run(code: str, given: Any) -> Any:
        (place / "given.json").write_text(json.dumps(given))
        begin = 'import { readFileSync } from "node:fs";\n'
        given_in = 'const given = JSON.parse(readFileSync("given.json", "utf-8"));\n'
        end = "\nconsole.log(JSON.stringify(given.map(answer)));\n"
        (place / "asked.js").write_text(begin + code + "\n" + given_in + end)
        done = subprocess.run(
            [str(program), "asked.js"], cwd=place, capture_output=True, text=True, check=False
        )
        assert done.stderr == ""
        return json.loads(done.stdout)

    return run


def random_map(seed: int) -> CausalLoopDiagram:
    """A map with links both ways, parallel links, links to itself, lenses, titles and delays."""
    draw = Random(seed)
    names = [name.strip('"') for name in draw.sample(WORDS, draw.randint(2, 9))]
    map_ = CausalLoopDiagram(name=draw.choice(["", "A map"]))
    for name in names[: draw.randint(0, 2)]:
        map_.variable(name, draw.choice(["self", "others", "world"]))
    pairs = [*product(names, repeat=2)]
    for cause, effect in draw.choices(pairs, k=draw.randint(1, 22)):
        why = draw.choice(["", "", "as Ann says: less, or more"]), draw.choice(["", "Lyneis 2007"])
        map_.link(cause, effect, draw.choice("++--?"), draw.random() < 0.3, *why)
    loops = map_.loops()
    for loop in draw.sample([*loops], min(2, len(loops))):
        map_.name_loop(loop.variables, f"the {loop.name}, a trap")
    return map_


MAPS = [random_map(seed) for seed in range(120)]


def placed(map_: CausalLoopDiagram) -> dict[str, Any]:
    """The map as the page holds it, with its words anywhere, also upon each other."""
    draw = Random(len(map_.links))
    for name in map_.variables:
        map_.place(name, draw.uniform(0, 600), draw.uniform(0, 400))
    _, bows = arranged(map_)
    plain = to_plain(map_)
    for link in plain["links"]:
        link["bow"] = bows.get((key(link["cause"]), key(link["effect"]), link["sign"]), 1)
    return plain


def told(link: Link) -> list[str]:
    return [link.cause, link.effect, link.polarity]


def test_the_page_finds_the_loops_that_python_finds_and_names_them_alike(node: Node) -> None:
    found = node(
        """import { findLoops, markedLoops } from "./editor/map_loops.js";
        const link = (l) => [l.cause, l.effect, l.sign];
        const answer = (map) => { const { loops, complete } = findLoops(map, 1e6, 1e9);
          const said = (l) => [l.name, l.polarity, l.variables, l.title, l.links.map(link)];
          return [complete, loops.map(said), markedLoops(loops).map(l => l.name)]; };""",
        [to_plain(map_) for map_ in MAPS],
    )
    for map_, (complete, loops, marks) in zip(MAPS, found, strict=True):
        own = map_.loops(seconds=60)
        assert complete
        assert loops == [
            [o.name, o.polarity, [*o.variables], o.title, [*map(told, o.links)]] for o in own
        ]
        assert marks == [loop.name for loop in marked(own)]
    assert sum(len(loops) for _, loops, _ in found) > 500


def test_a_search_that_stops_has_the_first_part_of_the_list(node: Node) -> None:
    map_ = CausalLoopDiagram()
    for cause, effect in permutations("abcdefgh", 2):
        map_.link(cause, effect, "+")
    code = """import { findLoops } from "./editor/map_loops.js";
        const answer = (given) => { const { loops, complete, reached } = findLoops(...given);
          return [complete, reached, loops.map(l => l.variables.join())]; };"""
    plain = to_plain(map_)
    by_count, by_steps = node(code, [[plain, 100, 1e9], [plain, 1e9, 5000]])
    own = [",".join(loop.variables) for loop in map_.loops(seconds=60, most=3000)]
    for complete, reached, loops in (by_count, by_steps):
        assert not complete
        assert loops == own[: len(loops)]
        assert reached == len(loops[-1].split(",")) - 1
    assert len(by_count[2]) == 100
    assert len(by_steps[2]) > 100


def test_the_text_of_the_page_is_the_text_of_python(node: Node) -> None:
    texts = node(
        """import { mapText } from "./editor/map_text.js"; const answer = mapText;""",
        [to_plain(map_) for map_ in MAPS],
    )
    assert texts == [map_.to_text() for map_ in MAPS]


def test_the_json_of_the_page_is_read_again(node: Node, tmp_path: Path) -> None:
    from cstools.causal_loops.files import read_diagram

    texts = node(
        """import { mapJson } from "./editor/map_text.js"; const answer = mapJson;""",
        [to_plain(map_) for map_ in MAPS[:20]],
    )
    for map_, text in zip(MAPS, texts, strict=False):
        (tmp_path / "map.json").write_text(text, "utf-8")
        again = read_diagram(tmp_path / "map.json")
        assert again.variables == map_.variables
        assert [*map(told, again.links)] == [*map(told, map_.links)]
        assert [link.delayed for link in again.links] == [link.delayed for link in map_.links]


def test_a_loop_is_told_in_the_same_words(node: Node) -> None:
    stories = node(
        """import { findLoops } from "./editor/map_loops.js";
        import { loopStory } from "./editor/map_said.js";
        const answer = (map) => findLoops(map, 8).loops.map(loopStory);""",
        [to_plain(map_) for map_ in MAPS],
    )
    for map_, told_here in zip(MAPS, stories, strict=True):
        assert told_here == [map_.story(loop.name).describe() for loop in map_.loops()[:8]]


def test_more_and_less_are_the_same_words(node: Node) -> None:
    names = [*WORDS, "hours wanted", "changing hours", "getting done", "how fast they rise", "gap"]
    names += ["letters waiting", "expectations met", "price of fish", "teaching hours", "too tired"]
    found = node(
        """import { quantitySaid } from "./editor/map_said.js";
        const answer = (name) => [true, false, null].map((more) => quantitySaid(name, more));""",
        [label(name) for name in names],
    )
    assert found == [[more_or_less(label(n), way) for way in (True, False, None)] for n in names]


def test_the_two_way_test_asks_and_answers_in_the_same_words(node: Node) -> None:
    answers = [True, False, None]
    pairs = [(a.strip('"'), b.strip('"')) for a, b in zip(WORDS, WORDS[3:], strict=False)]
    asked = [[label(a), label(b), sign] for a, b in pairs for sign in "+-?"]
    found = node(
        """import { twoWayTest } from "./editor/map_said.js"; const all = [true, false, null];
        const answer = ([a, b, s]) => { const t = twoWayTest(a, b, s);
          const verdicts = all.flatMap(up => all.map(down => t.verdict(up, down)));
          return [t.heading, t.more, t.less, verdicts]; };""",
        asked,
    )
    for (cause, effect, sign), said in zip(asked, found, strict=True):
        test = two_way(cause, effect, [sign], "this map")
        verdicts = [test.answer(up, down).text for up in answers for down in answers]
        assert said == [repr(test).splitlines()[0], test.more, test.less, verdicts]


def test_names_and_their_widths_are_the_same(node: Node) -> None:
    names = [*WORDS, "  Room   Temperature ", "work_done_in_the_long_run", "A\\nB", "é" * 30]
    names += ["a long name that needs three lines at the very least", "population[ North , Young ]"]
    found = node(
        """import * as N from "./editor/map_names.js";
        const lines = (n) => N.brokenLines(N.nameLabel(n));
        const answer = (n) => [N.nameKey(n), N.nameLabel(n), N.setWidth(n), lines(n)];""",
        names,
    )
    for name, (keyed, labelled, wide, lines) in zip(names, found, strict=True):
        assert (keyed, labelled) == (key(name), label(name))
        assert wide == pytest.approx(width(name), abs=1e-9)  # sums in another order
        assert lines == [*broken(label(name))]


def test_arcs_heads_signs_and_delays_stand_where_python_draws_them(node: Node) -> None:
    drawn = [random_map(seed) for seed in range(10)]
    found = node(
        """import { findLoops, markedLoops } from "./editor/map_loops.js";
        import { MapScene } from "./editor/map_scene.js";
        const p = ({ x, y }) => [x, y];
        const told = (w) => [p(w.arc.centre), [w.radius, 0], p(w.start), p(w.stop),
          ...w.head.map(p), p(w.sign), ...w.delay.flat().map(p),
          [Number(w.large), Number(w.clockwise)]];
        const answer = (map) => { const s = new MapScene(map, markedLoops(findLoops(map).loops));
          return map.links.map((_, i) => told(s.wires[i])); };""",
        [placed(map_) for map_ in drawn],
    )
    for map_, wires in zip(drawn, found, strict=True):
        loops = map_._loops_for_a_picture()
        drawing = drawing_of(map_.variables, map_.links, loops, map_.positions)
        own = {(w.edge.cause, w.edge.effect, w.edge.sign): w for w in drawing.wires}
        for link, wire in zip(map_.links, wires, strict=True):
            w = own[key(link.cause), key(link.effect), link.polarity]
            points = [w.centre, complex(w.radius), w.start, w.stop, *w.head, w.sign_at]
            points += [end for stroke in w.delay for end in stroke]
            points.append(complex(w.large, w.clockwise))
            # A bow's factor has three digits, which moves a long arc by a tenth of a pixel.
            assert np.allclose([complex(*at) for at in wire], points, atol=0.2), str(link)
