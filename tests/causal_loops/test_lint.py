"""The notes on a map: kind, few, and none where nothing is amiss."""

import ast
import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools import facets
from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.naming import one_slip, plain
from cstools.errors import ModelError
from cstools.learning.notebook import read_notebook
from tests.conftest import ROOT

KIM = """
    quality -> actions to improve quality: -
    actions to improve quality -> quality: +
"""
MODELS = [
    facets.self.creative_tension,
    facets.others.classroom_coupling,
    facets.others.emotional_contagion,
    facets.world.bathtub,
    facets.world.pond_with_quota,
    facets.world.shared_pond,
]


def notes_on(text):
    return [(note.kind, note.text) for note in CausalLoopDiagram(text).lint()]


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("stressing", "stress"),
        ("worrying about money", "worry about money"),
        ("increase in sales", "sales"),
        ("a drop in morale", "morale"),
        ("Increasing costs", "costs"),
        ("more trust", "trust"),
        ("hire staff", "staff"),
        ("to reduce waste", "waste"),
    ],
)
def test_a_name_that_tells_an_action_is_asked_for_its_noun(name, noun):
    assert notes_on(f"{name} -> joy: +") == [
        (
            "action",
            f"'{name}' is something that happens or is done; the arrows already say what moves. "
            f"What goes up and down? Perhaps '{noun}'.",
        )
    ]


@pytest.mark.parametrize(
    ("name", "noun"),
    [("low morale", "morale"), ("lack of trust", "trust"), ("too many meetings", "meetings")],
)
def test_a_name_that_judges_is_asked_for_its_neutral_sense(name, noun):
    assert notes_on(f"{name} -> joy: -") == [
        (
            "judgement",
            f"'{name}' already says how much there is, so that less of it is hard to read. "
            f"Perhaps '{noun}', which can go up and down.",
        )
    ]


def test_a_name_without_more_and_less_is_asked_what_can_vary():
    assert notes_on("state of mind -> joy: +") == [
        (
            "cannot vary",
            "'state of mind' cannot be more or less. What about it can? "
            "'state of mind' cannot rise, 'happiness' can.",
        )
    ]


@pytest.mark.parametrize(
    ("negative", "positive"),
    [
        ("lack of trust", "trust"),
        ("distrust", "Trust"),
        ("employee dissatisfaction", "employee satisfaction"),
    ],
)
def test_opposite_names_are_one_thing_said_twice(negative, positive):
    (note,) = (
        note
        for note in CausalLoopDiagram(f"{negative} -> {positive}: -").lint()
        if note.kind == "opposites"
    )
    assert note.about == (negative, positive)
    assert note.text == (
        f"'{negative}' and '{positive}' may be one thing said twice: when one rises, the other "
        f"falls. Keep '{positive}', and turn the signs of the links that move to it."
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("work behaviour", "work behavior"),
        ("organisation", "Organization"),
        ("the mistakes", "mistake"),
        ("policies", "policy"),
        ("training programme", "training programs"),
        ("teacher's stress", "teachers stress"),
        ("follow-up", "follow up"),
        ("motivation", "motivaton"),
        ("motivation", "motivatoin"),
    ],
)
def test_two_spellings_of_one_name_are_found(one, other):
    assert notes_on(f"{one} -> joy: +\njoy -> {other}: +") == [
        (
            "spelling",
            f"'{one}' and '{other}' look like one name in two spellings. "
            "If they are one variable, write both the same way, and they become one.",
        )
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("group 1 size", "group 2 size"),
        ("employee", "employer"),
        ("immigration", "emigration"),
        ("inflow", "flow"),
        ("school 1", "school 11"),
        ("stress", "stresses of others"),
    ],
)
def test_names_that_only_resemble_each_other_are_left_alone(one, other):
    assert notes_on(f"{one} -> joy: +\njoy -> {other}: +") == []


def test_what_is_perceived_stands_beside_what_is_and_lags_it():
    assert notes_on("perceived quality -> orders: +") == [
        (
            "perceived",
            "'perceived quality' is on the map, and what is really there is not. People act on "
            "what they see, which may lag behind: put 'actual quality' beside it.",
        )
    ]
    assert notes_on("actual quality -> perceived quality: +") == [
        (
            "perceived",
            "'perceived quality' follows 'actual quality' at once on this map. "
            "Perceptions usually lag: is this link delayed?",
        )
    ]
    assert notes_on("perceived quality -> orders: +\norders -> quality: +") == [
        (
            "perceived",
            "Nothing on the map leads to 'perceived quality'. "
            "How do people learn of 'quality', and how soon?",
        )
    ]
    assert notes_on("quality -> perceived quality: + delayed") == []


def test_a_balancing_loop_that_acts_is_asked_for_its_goal():
    assert notes_on(KIM) == [
        (
            "goal",
            "B1 (quality and actions to improve quality) is balancing: it seeks a goal, and the "
            "goal is not on the map. What does 'actions to improve quality' aim at? "
            "Put in what is desired, and the gap to it.",
        )
    ]


def test_a_goal_on_the_map_is_not_asked_for_again():
    assert notes_on("""
        quality -> gap in quality: -
        desired quality -> gap in quality: +
        gap in quality -> actions to improve quality: +
        actions to improve quality -> quality: +
    """) == []  # fmt: skip


def test_a_device_that_acts_on_what_it_answers_to_is_asked_for_its_goal():
    (note,) = CausalLoopDiagram(
        "room temperature -> cooling: +\ncooling -> room temperature: -"
    ).lint()
    assert note.kind == "goal"
    assert "What does 'cooling' aim at?" in note.text


def test_an_effort_that_meets_a_limit_is_not_asked_for_a_goal():
    assert notes_on("""
        effort -> results: +
        results -> motivation: +
        motivation -> effort: +
        effort -> fatigue: + delayed
        fatigue -> results: -
    """) == []  # fmt: skip


ORDINARY = """
    higher education; quality of life; working hours; good will; learning climate; listening;
    well-being; mindfulness practice; breathing; teaching; sense of belonging; no-shows; spending;
    growth rate; change in income; time pressure; fear of failure; increase rate; NO emissions;
    build quality; growing season; take home pay; high school places; income; union members
"""


@pytest.mark.parametrize("name", [name.strip() for name in ORDINARY.split(";")])
def test_an_ordinary_name_gets_no_note(name):
    assert notes_on(f"{name} -> joy: +") == []


def test_open_signs_are_told_in_one_note():
    assert notes_on("a -> b\nb -> c\nc -> a: +") == [
        (
            "sign",
            "'a' → 'b' and 'b' → 'c' have no sign yet. Ask both ways, with two_way('a', 'b'); "
            "a ? may also stay, where it truly cannot be said.",
        )
    ]


def test_a_link_of_both_signs_hides_a_step():
    assert notes_on("effort -> joy: +\neffort -> joy: -") == [
        (
            "two signs",
            "'effort' → 'joy' is drawn with + and with −. If it works in two ways, name the step "
            "between on each way; then each link has one sign.",
        )
    ]


def test_islands_are_found():
    assert notes_on("variables: rain\na -> b: +\nc -> d: +") == [
        ("island", "'rain' stands alone. What acts on it, or what does it act on?"),
        (
            "island",
            "The map falls into 2 pieces, around 'a' and 'c'. "
            "Is there a link between them, or are these maps of their own?",
        ),
    ]
    assert notes_on("variables: rain, sun") == [
        ("island", "'rain' and 'sun' stand alone. What acts on them, or what do they act on?")
    ]


def test_an_empty_map_is_told_how_to_begin():
    assert notes_on("") == [
        ("empty", "The map is empty. Write a first link: 'cause -> effect: +'.")
    ]


def test_a_map_without_loops_is_told_so_without_a_note():
    notes = CausalLoopDiagram("tap -> water: +").lint()
    assert len(notes) == 0
    assert repr(notes) == (
        "Nothing to remark.\n"
        "There is no loop on this map: nothing comes back to where it began."
    )  # fmt: skip


def test_a_map_with_too_many_loops_is_noted_on_with_what_was_found():
    map_ = CausalLoopDiagram()
    for cause, effect in permutations(range(10), 2):  # 1,112,073 loops
        map_.link(f"v{cause}", f"v{effect}", "+")
    notes = map_.lint()
    assert len(notes) == 0
    assert "These are not all the loops" in repr(notes)


def test_notes_are_a_list_and_a_table():
    notes = CausalLoopDiagram("lack of trust -> joy: -\nvariables: rain").lint()
    assert repr(notes).splitlines()[:2] == [f"- {note.text}" for note in notes]
    page = notes._repr_mimebundle_()["text/html"]
    assert all(note.about[0] in page for note in notes)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_teaching_model_gets_a_note(model):
    assert list(model().causal_loops().lint()) == []


def written_maps():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    yield from re.findall(r'CausalLoopDiagram\("""(.*?)"""', text, re.DOTALL)
    for path in [*(ROOT / "notebooks").rglob("*.ipynb"), *(ROOT / "exercises").rglob("*.ipynb")]:
        for cell in read_notebook(path).cells:
            if cell.kind == "code" and "->" in cell.source:
                strings = (
                    node.value
                    for node in ast.walk(ast.parse(re.sub(r"(?m)^[%!].*", "", cell.source)))
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                )
                yield from (text for text in strings if re.search(r"\S -> \S.*: *[+-]", text))


def test_no_map_of_the_readme_or_the_notebooks_gets_a_note():
    maps = list(written_maps())
    assert maps
    notes = [str(note) for text in maps for note in CausalLoopDiagram(text).lint()]
    # Notebook 21 and its exercises set two loops of their own side by side, and say so.
    assert [note for note in notes if "2 pieces, around 'hands up'" not in note] == []


_hints = (
    "to hire lack of perceived actual increase in low no training the s' re our ise 1 –".split()
)


@given(st.lists(st.lists(st.sampled_from(_hints) | st.text(max_size=5), min_size=1), max_size=4))
def test_any_names_get_notes_that_are_about_them(words):
    map_ = CausalLoopDiagram()
    for name in map(" ".join, words):
        try:
            map_.link(name, "training", "-").link("training", name, "+")
        except ModelError:
            continue  # such a name cannot be on a map at all
    notes = map_.lint()
    assert all(note.text and set(note.about) <= set(map_.variables) for note in notes)
    assert repr(notes)


_letters = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12)


@given(_letters, _letters)
def test_resemblance_does_not_depend_on_the_order(one, other):
    assert one_slip(one, other) == one_slip(other, one)
    assert plain(one) == plain(one.upper().lower()) or one.upper().lower() != one
