"""From a map to a model: which are stocks, what is open, and whether the model keeps to the map."""

from time import perf_counter
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools import CausalLoopDiagram, StockFlow
from cstools.errors import CstoolsError, ModelError

REWORK = """
    schedule pressure -> overtime: +
    overtime -> work done: +
    work done -> work remaining: -
    work remaining -> schedule pressure: +
    overtime -> tiredness: + delayed
    tiredness -> mistakes: +
    mistakes -> work remaining: +
    time left -> schedule pressure: -
"""
STOCKS, FLOWS = ["work remaining", "tiredness"], ["work done", "mistakes"]
ANSWERS = {
    "work remaining": 100,
    "tiredness": 0,
    "work done": "10 * overtime",
    "mistakes": "tiredness",
    "tiredness inflow": "overtime / 4",
    "schedule pressure": "work remaining / time left",
    "overtime": "schedule pressure / 10",
    "time left": 10,
}


@pytest.fixture
def rework() -> CausalLoopDiagram:
    return CausalLoopDiagram(REWORK, name="rework")


@pytest.fixture
def skeleton(rework: CausalLoopDiagram) -> StockFlow:
    model: StockFlow = rework.to_model(STOCKS, FLOWS).skeleton(stop=5, dt=0.25, time_units="week")
    return model


def lesson(action) -> str:
    with pytest.raises(CstoolsError) as raised:
        action()
    return str(raised.value)


def test_the_way_begins_with_the_question_of_stopped_time(rework):
    assert rework.to_model().describe() == (
        "In map 'rework', ask of each of 'schedule pressure', 'overtime', 'work done', "
        "'work remaining', 'tiredness', 'mistakes' and 'time left': if time stopped, would it "
        "still be there? What could still be counted or measured then (people, debts, trust) is "
        "a stock; what only happens (births, spending) is a flow. Then say to_model(stocks=[…])."
    )


def test_a_loop_without_a_stock_is_named_and_no_skeleton_is_made(rework):
    guide = rework.to_model(["time left"])
    told = (
        "In map 'rework', 'time left' is a stock. The loop schedule pressure → overtime → "
        "work done → work remaining → schedule pressure holds no stock. The loop schedule "
        "pressure → overtime → tiredness → mistakes → work remaining → schedule pressure holds "
        "no stock. The delay from 'overtime' to 'tiredness' hides one. What on it would still be "
        "there if time stopped? Add it to stocks=[…]."
    )
    assert guide.describe() == lesson(guide.skeleton) == told
    assert [len(loop) for loop in guide.without] == [4, 5]


def test_one_long_loop_without_a_stock_is_found_among_many_variables():
    ring = [f"thing {i}" for i in range(300)]
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    map_ = CausalLoopDiagram("\n".join(f"{a} -> {b}: +" for a, b in pairs)).variable("shelf")
    assert [len(loop) for loop in map_.to_model(["shelf"]).without] == [300]


def test_of_very_many_loops_without_a_stock_three_are_told():
    names = [f"v{i}" for i in range(7)]  # the complete graph of 7 has 2365 circuits
    links = "\n".join(f"{a} -> {b}: +" for a in names for b in names if a != b)
    told = CausalLoopDiagram(links).variable("shelf").to_model("shelf").describe()
    assert told.count("holds no stock") == 3
    assert "997 more hold none either." in told


def test_once_every_loop_holds_a_stock_it_says_what_is_open(rework):
    assert repr(rework.to_model(STOCKS, ["work done"])) == (
        "In map 'rework', 'work remaining' and 'tiredness' are stocks. Every loop holds one. If "
        "'mistakes' or 'overtime' is itself so much per unit of time, name it in flows=[…]. "
        "skeleton() makes the model; 9 equations of it are open.\n"
        "  work remaining (stock): Its first value.\n"
        "  tiredness (stock): Its first value.\n"
        "  work done (flow): Rises with overtime.\n"
        "  work remaining inflow (flow): Rises with mistakes.\n"
        "  tiredness inflow (flow): Rises with overtime (late: smooth1(overtime, how long)).\n"
        "  schedule pressure (auxiliary): Rises with work remaining; falls with time left.\n"
        "  overtime (auxiliary): Rises with schedule pressure.\n"
        "  mistakes (auxiliary): Rises with tiredness.\n"
        "  time left (auxiliary): Nothing on the map acts on it: a number, or an equation over "
        "time."
    )


def test_a_cell_shows_the_questions_and_then_the_open_equations(rework):
    first = ET.fromstring(f"<p>{rework.to_model()._repr_mimebundle_()['text/html']}</p>")
    assert [row.find("th").text for row in first.iterfind(".//tbody/tr")] == [*rework.variables]
    bundle = rework.to_model(STOCKS, FLOWS)._repr_mimebundle_()
    then = ET.fromstring(f"<p>{bundle['text/html']}</p>")
    cells = [[cell.text for cell in row] for row in then.iterfind(".//tbody/tr")]
    assert ["mistakes", "flow", "?(tiredness), from outside to work remaining"] in [
        row[:3] for row in cells
    ]
    assert bundle["text/plain"].startswith("In map 'rework', 'work remaining' and 'tiredness'")


def test_the_skeleton_has_questions_for_equations_and_no_numbers(skeleton):
    assert repr(skeleton) == (
        "rework\n"
        "  stock     work remaining = starts at ?, changes by mistakes − work done\n"
        "  stock     tiredness = starts at ?, changes by tiredness inflow\n"
        "  flow      work done = ?(overtime)  (from work remaining to outside)\n"
        "  flow      mistakes = ?(tiredness)  (from outside to work remaining)\n"
        "  flow      tiredness inflow = ?(overtime)  (from outside to tiredness)\n"
        "  auxiliary schedule pressure = ?(work remaining, time left)\n"
        "  auxiliary overtime = ?(schedule pressure)\n"
        "  auxiliary time left = ?"
    )


@pytest.mark.parametrize("ask", ["run", "causal_loops", "code", "check_units", "javascript"])
def test_the_skeleton_does_not_run_and_lists_what_is_open(skeleton, ask):
    assert lesson(getattr(skeleton, ask)) == (
        "model 'rework' cannot run yet. Still to be filled in: the first values of "
        "'work remaining' and 'tiredness'; the flows 'work done', 'mistakes' and "
        "'tiredness inflow'; the equations of 'schedule pressure' and 'overtime'; the number "
        '\'time left\'. Say each of them: .fill({"name": "equation or number"})'
    )


def test_a_run_with_values_lists_what_is_open_too(skeleton):
    assert lesson(lambda: skeleton.run({"time left": 5})) == lesson(skeleton.run)


def test_the_skeleton_is_drawn_with_the_links_of_the_map(skeleton):
    links = {(link.cause, link.effect) for link in skeleton.diagram().structure.influences}
    assert links == {
        ("overtime", "work_done"),
        ("tiredness", "mistakes"),
        ("overtime", "tiredness_inflow"),
        ("work_remaining", "schedule_pressure"),
        ("time_left", "schedule_pressure"),
        ("schedule_pressure", "overtime"),
    }


def test_filled_in_it_runs_and_keeps_to_the_map(rework, skeleton):
    for _ in range(2):  # a cell can be run twice
        skeleton.fill(ANSWERS)
    run = skeleton.run()
    # At week 0: pressure 100 / 10, overtime 1; so in the first step of 0.25 weeks 10 a week are
    # done and nothing is mistaken, and tiredness gains 1 / 4 a week. Exact in binary.
    assert run["work remaining"][1] == 97.5
    assert run["tiredness"][1] == 0.0625
    assert skeleton["time left"].kind == "constant"
    assert rework.to_model(STOCKS, FLOWS).differences(skeleton) == ()


def test_a_part_may_also_be_said_as_another_kind(skeleton):
    skeleton.fill({name: said for name, said in ANSWERS.items() if name != "time left"})
    skeleton.constant("time left", 10, units="week", between=(5, 20))
    assert skeleton.run()["work remaining"][1] == 97.5
    assert lesson(lambda: skeleton.stock("overtime", 3)) == (
        "'overtime' is an auxiliary already (the map) and cannot be a stock as well; "
        "give one of them another name"
    )


def test_what_the_model_does_otherwise_than_the_map_is_said(rework, skeleton):
    skeleton.fill(ANSWERS)
    skeleton.fill({"overtime": "10 / (1 + schedule pressure)", "mistakes": "0.1 * work remaining"})
    assert rework.to_model(STOCKS, FLOWS).differences(skeleton) == (
        "The link 'tiredness' → 'mistakes' (+) of the map is not in the model.",
        "The link 'schedule pressure' → 'overtime' is + on the map and − in the model.",
        "The link 'work remaining' → 'mistakes' (+) of the model is not on the map.",
    )


def test_a_model_of_something_else_is_not_compared(rework, coffee):
    guide = rework.to_model(["work remaining"], ["work done"])
    assert lesson(lambda: guide.differences(coffee)) == (
        "model 'Coffee cooling' has no 'work remaining', 'work done', 'work remaining inflow', "
        "'schedule pressure', 'overtime', 'tiredness', 'mistakes' and 'time left', as the map has"
    )


def test_a_flow_between_two_stocks_leaves_one_and_enters_the_other():
    map_ = CausalLoopDiagram("""
        infection -> healthy: -
        infection -> ill: +
        ill -> infection: +
        healthy -> infection: +
    """)
    model = map_.to_model(["healthy", "ill"], ["infection"]).skeleton("flu", stop=3)
    flow = model["infection"]
    assert (flow.out_of, flow.into, flow.equation) == ("healthy", "ill", "?(ill, healthy)")
    model.fill({"healthy": 9, "ill": 1, "infection": "ill * healthy / 10"})
    run = model.run()
    # What leaves one enters the other; a few sums of numbers near 10 round that far.
    assert run["healthy"] + run["ill"] == pytest.approx(10, abs=1e-13)


def test_what_lowers_a_stock_drains_it():
    model = CausalLoopDiagram("rabbits -> rabbits: -\nfoxes -> rabbits: -").to_model("rabbits")
    flow = model.skeleton()["rabbits outflow"]
    assert (flow.out_of, flow.into, flow.doc) == (
        "rabbits",
        None,
        "Rises with rabbits and foxes.",
    )


def test_a_sign_that_the_map_leaves_open_is_told_so():
    guide = CausalLoopDiagram("mood -> effort: ?\nluck -> effort: -").to_model("mood")
    assert "effort (auxiliary): Falls with luck; moves, the map does not say which way, with mood."
    assert "Nothing on the map changes 'mood': what does?" in guide.describe()
    assert "The map has no loop." in guide.describe()
    assert repr(guide).splitlines()[2] == (
        "  effort (auxiliary): Falls with luck; moves, the map does not say which way, with mood."
    )


def test_a_new_flow_takes_no_name_that_the_map_has():
    map_ = CausalLoopDiagram("tap -> water: +\nwater inflow -> tap: +")
    assert "new water inflow" in map_.to_model("water").skeleton().names


@pytest.mark.parametrize(
    ("stocks", "flows", "told"),
    [
        (
            ["tired"],
            [],
            "this map: nothing is called 'tired'; did you mean 'tiredness'?",
        ),
        (
            ["tiredness"],
            ["tiredness"],
            "'tiredness' is picked as a stock and as a flow; it is a stock if it would still be "
            "there when time stopped, and a flow if it is so much per unit of time",
        ),
        (
            ["tiredness"],
            ["work done"],
            "'work done' cannot be a flow: it acts on no stock; a flow is + for the one stock it "
            "fills, - for the one it drains, or both",
        ),
        (
            ["tiredness", "work done"],
            ["overtime"],
            "'overtime' cannot be a flow: it would fill or drain several stocks; a flow is + for "
            "the one stock it fills, - for the one it drains, or both",
        ),
        (3, [], "to_model: stocks= is a list; 3 is no list"),
    ],
)
def test_what_cannot_be_picked_is_a_lesson(stocks, flows, told):
    assert lesson(lambda: CausalLoopDiagram(REWORK).to_model(stocks, flows)) == told


def test_an_empty_map_is_told_to_begin():
    guide = CausalLoopDiagram().to_model()
    told = "This map is empty; write what acts on what first, 'cause -> effect: +'."
    assert guide.describe() == repr(guide) == lesson(guide.skeleton) == told


def test_what_is_filled_in_is_checked(skeleton):
    assert lesson(lambda: skeleton.fill({"over time": "1"})).startswith(
        "model 'rework': nothing is called 'over time'; did you mean 'overtime'"
    )
    assert lesson(lambda: skeleton.fill({"overtime": "1 +"})).startswith("auxiliary 'overtime': ")
    skeleton.lookup("curve", [(0, 0), (1, 1)])
    assert lesson(lambda: skeleton.fill({"curve": 1})) == (
        "lookup 'curve': a lookup is drawn as points; say it with .lookup(…)"
    )
    with pytest.raises(ModelError, match="values are set by name"):
        skeleton.fill([1, 2])


NAMES = st.sampled_from([f"thing {i}" for i in range(6)])


def added_up(links) -> str:
    """Return the plainest equation that has the signs of some links: their causes, added up."""
    return " ".join(f"{link.polarity} {link.cause}" for link in links).removeprefix("+ ")


@given(
    links=st.dictionaries(st.tuples(NAMES, NAMES), st.sampled_from("+-"), min_size=1, max_size=14),
    stocks=st.sets(NAMES, max_size=4),
)
def test_a_skeleton_that_is_made_can_be_filled_run_and_keeps_to_the_map(links, stocks):
    map_ = CausalLoopDiagram()
    for (cause, effect), sign in links.items():
        map_.link(cause, effect, sign)
    for name in stocks:
        map_.variable(name)
    guide = map_.to_model(stocks)
    left = nx.DiGraph(pair for pair in links if not stocks & {*pair})
    assert bool(guide.without) is not nx.is_directed_acyclic_graph(left)
    if guide.without or not stocks:
        assert lesson(guide.skeleton) == guide.describe()
        return
    model = guide.skeleton(stop=2)
    model.fill({d.part.name: added_up(d.links) or 1.5 for d in guide.drafts})
    model.run()
    assert guide.differences(model) == ()


def test_what_is_no_finished_model_gets_a_lesson():
    guide = CausalLoopDiagram("births -> people: +\npeople -> births: +").to_model(["people"])
    with pytest.raises(ModelError) as lesson:
        guide.differences("my model")
    assert str(lesson.value) == (
        "differences(…) needs a finished model in its brackets; 'my model' is none"
    )
    with pytest.raises(ModelError) as lesson:
        guide.skeleton(name=3)
    assert str(lesson.value) == "skeleton: its name is text in quotes, not 3"


def test_a_map_of_thousands_of_variables_is_answered():
    ring = "\n".join(f"v{i} -> v{(i + 1) % 5000}: +" for i in range(5000))
    begin = perf_counter()
    guide = CausalLoopDiagram(ring).to_model(["v0"])
    assert (guide.has_loops, guide.without, len(guide.drafts)) == (True, (), 5001)
    # It takes about one second; looking through all links for each variable took a minute.
    assert perf_counter() - begin < 15
