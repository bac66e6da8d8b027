"""How loop scores are shown: areas over time, and the map lit by them."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from cstools import CstoolsError, StockFlow
from cstools.analysis.loop_scores import LoopScores
from cstools.plotting.loop_areas import Areas, loop_areas


@pytest.fixture(scope="module")
def race() -> LoopScores:
    model = StockFlow("Arms race", stop=50, dt=0.125, time_units="year")
    for own, other, first in (("ours", "theirs", 10), ("theirs", "ours", 0)):
        model.stock(own, first)
        model.auxiliary(f"wanted by {own}", f"1.2 * {other}")
        model.flow(f"building {own}", f"(wanted by {own} - {own}) / 5", into=own)
    return model.run().loop_scores()


def heights(panel: object) -> list[tuple[float, float]]:
    """Return the lowest and the highest point of each area."""
    areas = [one for one in panel.collections if isinstance(one, PolyCollection)]  # type: ignore[attr-defined]
    ends = [area.get_paths()[0].vertices[:, 1] for area in areas]
    return [(float(y.min()), float(y.max())) for y in ends]


def words(panel: object) -> list[str]:
    return [text.get_text() for text in panel.texts]  # type: ignore[attr-defined]


def test_reinforcing_loops_stand_above_zero_and_balancing_ones_below(race: LoopScores) -> None:
    panel, strip = race.plot().figure.axes
    above, *below = heights(panel)
    assert above == pytest.approx((0, 18 / 23), abs=1e-6)
    assert all(high <= 0 for _, high in below)
    together = np.minimum(race.relative, 0).sum(axis=1)
    assert min(low for low, _ in below) == pytest.approx(together.min())
    assert {"R1", "B1", "B2", "reinforcing", "balancing"} <= {*words(panel)}
    assert {"R1", "B2"} <= {*words(strip)}


def test_the_picture_carries_the_sentence(race: LoopScores, tmp_path: Path) -> None:
    assert race.plot().sentence == race.describe()
    assert race.plot().save(tmp_path / "areas.pdf").stat().st_size > 1000
    shown = race._repr_mimebundle_()
    assert shown["text/plain"] == race.describe()
    assert "ours → building ours → ours" in shown["text/html"]


def test_many_weak_loops_are_drawn_together() -> None:
    count = 30
    shares = np.full((50, count), 0.5 / (count - 2))
    shares[:, 0], shares[:, 1] = 0.25, -0.25
    shares[0] = 0
    names = tuple(f"R{n}" for n in range(count))
    kinds = tuple("B" if n == 1 else "R" for n in range(count))
    picture = loop_areas(np.arange(50.0), [Areas(names, kinds, shares)])
    panel, _ = picture.figure.axes
    assert len(heights(panel)) == 9  # eight, and what is left
    assert "others" in words(panel)
    assert max(high for _, high in heights(panel)) == pytest.approx(0.75)


def test_loops_alone_are_drawn_only_where_there_are_no_others() -> None:
    time, ones = np.arange(5.0), np.ones((5, 1))
    alone = Areas(("R1",), ("R",), ones)
    two = Areas(("R2", "B1"), ("R", "B"), np.full((5, 2), 0.5) * [1, -1])
    assert len(loop_areas(time, [alone, two]).figure.axes) == 2
    assert len(loop_areas(time, [alone, alone]).figure.axes) == 4


def test_a_link_is_as_wide_as_its_share(race: LoopScores) -> None:
    drawn = race.diagram(at=1).svg()
    levels = {
        (cause, effect): int(level)
        for cause, effect, level in re.findall(
            r'data-from="(\w+)" data-to="(\w+)" class="cs-lit-(\d+)"', drawn
        )
    }
    assert len(levels) == len(race.links)
    at = int(np.flatnonzero(race.time == 1)[0])
    for number, link in enumerate(race.links.links):
        ends = link.cause.replace(" ", "_"), link.effect.replace(" ", "_")
        assert levels[ends] == round(10 * abs(race.links.relative[at, number]))


def test_a_lit_map_says_which_loops_dominate(race: LoopScores) -> None:
    assert repr(race.diagram(at=1)) == "At year 1 B2 (44%) and B1 (32%) dominate."
    assert repr(race.diagram(at=[1, 30])) == (
        "At year 1 B2 (44%) and B1 (32%) dominate. At year 30 R1 (78%) dominates."
    )


def test_words_stay_in_place_while_time_moves(race: LoopScores) -> None:
    lit = race.diagram()
    assert len(lit.lights) == 4  # the periods of dominance

    def places(moment: int) -> list[str]:
        return re.findall(r'<tspan x="[\d.-]+" y="[\d.-]+">', lit.svg(moment))

    assert places(0) == places(1) == places(3)
    assert lit.svg(0) != lit.svg(3)
    shown = lit._repr_mimebundle_()
    assert shown["text/html"].count("<svg") == 4


def test_a_film_has_a_frame_for_each_moment_and_stands_at_its_first(race: LoopScores) -> None:
    shown = race.film(moments=5)._repr_mimebundle_()
    assert shown["text/plain"] == race.describe()
    [told] = re.findall(r'data-frames="([^"]*)"', shown["text/html"])
    frames = json.loads(unescape(told))
    assert [frame["heading"] for frame in frames] == [
        "Year 0.125", "Year 12.6", "Year 25", "Year 37.5", "Year 50"
    ]  # fmt: skip
    assert frames[-1]["said"] == "At year 50 R1 (78%) dominates."
    assert frames[-1]["loops"] == {"B1": "11%", "B2": "11%", "R1": "78%"}
    assert all(len(frame["links"]) == len(race.links) for frame in frames)
    assert shown["text/html"].count("<svg") == 1
    assert "B2 (41%) and B1 (34%) dominate" in shown["text/html"]


def test_a_lit_map_is_saved_for_the_screen_and_for_paper(race: LoopScores, tmp_path: Path) -> None:
    lit = race.diagram(at=1)
    saved = lit.save(tmp_path / "map.svg").read_text(encoding="utf-8")
    assert saved == lit.svg() + "\n"
    assert lit.save(tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    assert lit.save(tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(CstoolsError) as error:
        lit.save(tmp_path / "map.jpg")
    assert str(error.value) == "'map.jpg': a picture is saved as .png, .svg or .pdf"


def test_the_simplified_map_is_drawn_with_the_shares_of_its_loops(race: LoopScores) -> None:
    shown = race.simplified()._repr_mimebundle_()
    assert {"69%", "19%", "11%"} <= {*re.findall(r">(\d+%)<", shown["text/html"])}
    assert shown["text/plain"] == repr(race.simplified())


def test_the_maps_of_a_run_have_their_words_where_they_are_pinned(race: LoopScores) -> None:
    places = {"Ours": (40.0, 60.0), "theirs": (700.0, 90.0), "somebody": (0.0, 0.0)}
    for picture in (race.diagram(1, places), race.simplified().picture(places)):
        at = {word.key: word.at for word in picture.drawing.words}
        assert (at["ours"], at["theirs"]) == (40 + 60j, 700 + 90j)


def test_a_map_without_change_is_drawn_faint() -> None:
    model = StockFlow("Rest", stop=4)
    model.stock("people", 100)
    model.flow("births", "people / 10", into="people")
    model.flow("deaths", "people / 10", out_of="people")
    lit = model.run().loop_scores().diagram()
    assert repr(lit) == "At time 4 nothing changes, and no loop acts."
    assert {*re.findall(r"cs-lit-\d+\"", lit.svg())} == {'cs-lit-0"'}
