"""Every question of every set, as learners meet it: right, wrong, blank, misconceived, absurd."""

import ast
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

from cstools.errors import DataError, UnknownNameError
from cstools.learning import check_in, load_set
from cstools.learning.checks import Feedback, Outcome
from cstools.learning.generate import generate, notebooks
from cstools.learning.kinds.reflection import Reflection
from cstools.learning.question import Question

EXERCISES = Path(__file__).parents[2] / "exercises"
SETS = sorted(path.parent.name for path in EXERCISES.glob("*/source.toml"))
QUESTIONS = [(name, question.name) for name in SETS for question in load_set(name)]
every_set = pytest.mark.parametrize("name", SETS)
every_question = pytest.mark.parametrize(("set_name", "name"), QUESTIONS)

#: Answers of each kind that are wrong and stand for no idea; and others, by set and question.
WRONG_OF_A_KIND = {
    "number": ("-98765.4", 987654.3),
    "choice": ("z", "at noon"),
    "sketch": ([(0, 5), (8, 5), (16, 5)],),
    "loops": ("sun -> grass: +\ngrass -> sheep: +",),
    "model": ("stock nothing in particular = ", "nothing of this kind"),
    "reflection": (),
}
WRONG = {
    ("01-bathtub", "after four minutes"): (42, "about 60 litres", -3.5),
    ("01-bathtub", "units"): ("b",),
    ("01-bathtub", "sketch"): ([(0, 200), (8, 100), (16, 300)],),
    ("30-shared-pond", "best catch"): (1, "30 tonnes per year"),
    ("30-shared-pond", "open access"): (800, "15,5 t"),
    ("30-shared-pond", "loops"): ("fish -> boats: +",),
}
CLOSE = {
    ("01-bathtub", "after four minutes"): (210, "200 buckets", "-200"),
    ("01-bathtub", "sketch"): (
        [(0, 100), (2, 200), (8, 100), (12, 200), (16, 100)],
        [(0, 100), (4, 200), (8, 100), (12, 200), (16, 160)],
    ),
    ("30-shared-pond", "best catch"): (120, "125 fish"),
    ("30-shared-pond", "open access"): (410,),
    ("30-shared-pond", "loops"): (
        "fish->young:+\nyoung->fish:+\nfish->profit:+\nprofit->boats:+\nfish->catch:+\ncatch->fish:-",
    ),
}


@every_question
def test_the_solution_is_correct(set_name, name):
    question = load_set(set_name)[name]
    assert question.check(question.kind.solution).outcome is Outcome.CORRECT


@every_question
def test_nothing_is_not_attempted(set_name, name):
    question = load_set(set_name)[name]
    for blank in (None, ..., "", " \n", [], {}, ()):
        said = question.check(blank)
        assert said.outcome is Outcome.NOT_ATTEMPTED, blank
        assert repr(said).splitlines()[0] == "Not attempted."


@every_question
def test_each_misconception_is_met_with_its_own_words(set_name, name):
    question = load_set(set_name)[name]
    for misconception in question.misconceptions:
        for answer in misconception.answers:
            said = question.check(answer)
            assert said.outcome is Outcome.INCORRECT
            assert said.misconception == misconception.name
            assert said.text == f"Incorrect.\n\n{misconception.says}"
    says = [misconception.says for misconception in question.misconceptions]
    assert len(set(says)) == len(says)


@every_question
def test_a_wrong_answer_is_incorrect_and_has_no_name(set_name, name):
    question = load_set(set_name)[name]
    for answer in (*WRONG_OF_A_KIND[question.kind.name], *WRONG.get((set_name, name), ())):
        said = question.check(answer)
        assert (said.outcome, said.misconception) == (Outcome.INCORRECT, ""), answer


@pytest.mark.parametrize(("set_name", "name"), CLOSE)
def test_a_near_answer_is_close(set_name, name):
    for answer in CLOSE[set_name, name]:
        assert load_set(set_name)[name].check(answer).outcome is Outcome.CLOSE, answer


@every_question
def test_hints_come_in_order_and_end_at_the_solution(set_name, name):
    question = load_set(set_name)[name]
    count = len(question.hints)
    assert count >= (1 if isinstance(question.kind, Reflection) else 2)
    for number, hint in enumerate(question.hints, start=1):
        assert question.hint(number).text == f"Hint {number} of {count}. {hint}"
    assert question.hint().text == question.hint(1).text
    beyond = f"There are {count} hints: hint(1) to hint({count}). Then solution()."
    for number in (0, count + 1, -1, "two", None, 1.5):
        assert question.hint(number).text == beyond
    assert question.solution().text.startswith("Solution: ")


@every_question
def test_no_hint_gives_the_answer_first(set_name, name):
    """Only the last hint may say the number or the statement itself."""
    question = load_set(set_name)[name]
    answer = question.kind.shown_solution.split(" ")[-1 if "choice" in question.kind.name else 0]
    assert all(f" {answer} " not in hint for hint in question.hints[:-1])


@every_set
def test_a_set_has_three_to_five_questions_and_known_sources(name):
    exercises = load_set(name)
    assert 3 <= len(exercises) <= 5
    assert exercises.references
    assert [question.position for question in exercises] == [1, 2, 3, 4, 5][: len(exercises)]


class Broken:
    """An answer in which everything fails."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __eq__(self, other):
        raise RuntimeError

    def __hash__(self):
        raise RuntimeError

    def __bool__(self):
        raise RuntimeError

    def __str__(self):
        raise RuntimeError

    __repr__ = __float__ = __iter__ = __len__ = __str__


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
    | st.complex_numbers() | st.just(object()) | st.just(int) | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=6,
)  # fmt: skip
number_like = st.from_regex(r"[-+ ]?[0-9.,' ]{1,8} ?(litres|t/yr|°|e9)?", fullmatch=True)
map_like = st.lists(st.sampled_from(["fish", "->", "catch", ":", "+", "-", "\n", "#", '"'])).map(
    " ".join
)
curve_like = st.lists(st.tuples(st.floats(), st.floats()))


@given(answer=anything | number_like | map_like | curve_like)
def test_a_check_never_raises_and_never_repeats_a_traceback(answer):
    for question in ALL:
        said = question.check(answer)
        assert isinstance(said, Feedback)
        assert said.text.splitlines()[0] in FIRST_LINES
        assert "Traceback" not in said.text


@pytest.mark.parametrize("make", [Broken, lambda: [Broken()], lambda: (1, Broken())])
def test_a_broken_answer_gets_words(make):
    for question in ALL:
        if not isinstance(question.kind, Reflection):
            assert question.check(make()).outcome is Outcome.INCORRECT


ALL = [question for name in SETS for question in load_set(name)]
FIRST_LINES = ("Correct.", "Close.", "Incorrect.", "Not attempted.", "Complete.", "Not yet.")


def test_what_is_reflected_on_is_neither_printed_nor_kept():
    question = load_set("01-bathtub")["my bath"]
    said = question.check("my secret worry")
    assert repr(said) == "Complete.\nThank you. It stays with you."
    shown = [repr(question), repr(said), repr(vars(question)), repr(vars(said))]
    assert not any("secret" in text for text in shown)
    assert question.check(False).outcome is Outcome.NOT_ATTEMPTED


def test_a_check_in_ends_with_the_question_of_the_notebook():
    shown = check_in("How full is your plate?")
    assert (
        repr(shown)
        == "A check-in. What you enter stays in this page and is gone when you leave it."
    )
    assert "How full is your plate?" in shown.still()


def test_a_check_in_asks_and_keeps_nothing_where_live_parts_are_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    for room in ("check_in", "private", "page", "part"):
        monkeypatch.delitem(sys.modules, f"cstools.widgets.{room}", raising=False)
    question = check_in("How full is your plate?")
    assert repr(question).splitlines()[:2] == ["For you alone", "How full is your plate?"]
    assert repr(question.check("very full")) == "Complete.\nThank you. It stays with you."
    assert question.hint().text == "There is no hint to this one: take your time."
    with pytest.raises(DataError) as error:
        check_in("  ")
    assert str(error.value) == ('a check-in asks something; write it like check_in("How are you?")')


def test_a_right_answer_is_told_why():
    said = load_set("01-bathtub")["fullest"].check("(B)")
    assert repr(said) == (
        "Correct.\nIt rises until the very moment at which the drain begins to win."
    )


def test_a_question_is_plain_text_and_has_a_form():
    bundle = load_set("01-bathtub")["units"]._repr_mimebundle_()
    assert (
        bundle["text/plain"]
        == """4. What is it measured in?
The water in the bath is measured in litres. In what is the flow from the tap measured?
- a. In litres, like the water.
- b. In minutes.
- c. In litres per minute.
- d. In litres per minute, per minute.
Answer with a letter: a, b, c or d."""
    )
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_in_plain_text_emphasis_leaves_no_asterisk():
    says = "Half of what is *missing*, and **not** 3 * 4 * 5; see [here](https://example.org)."
    told = Question("q", "A", says, Reflection(), explanation=says)
    plain = "Half of what is missing, and not 3 * 4 * 5; see here (https://example.org)."
    assert plain in repr(told)
    assert plain in repr(told.solution())
    assert told.solution()._repr_mimebundle_()["text/markdown"].endswith(says)


def test_a_question_is_found_by_any_spelling_or_position():
    bath = load_set("01-bathtub")
    assert bath["After Four_Minutes"] is bath[1]
    with pytest.raises(UnknownNameError) as error:
        bath["fulest"]
    assert str(error.value) == (
        "exercises '01-bathtub': nothing is called 'fulest'; did you mean 'fullest'?"
    )


def test_a_set_lists_its_questions_by_the_names_that_find_them():
    assert (
        repr(load_set("01-bathtub"))
        == """The bathtub: what flows and what stays, 15 minutes
1. How much water after four minutes? ["after four minutes"]
2. When is the bath fullest? ["fullest"]
3. Sketch the water ["sketch"]
4. What is it measured in? ["units"]
5. A bath of your own ["my bath"]"""
    )


def test_a_set_that_is_not_there_gets_the_nearest_name():
    with pytest.raises(UnknownNameError) as error:
        load_set("12-burnt-out")
    assert str(error.value) == (
        "exercises: nothing is called '12-burnt-out'; did you mean '12-burnout'?"
    )


def test_a_set_beside_the_reader_comes_first(tmp_path, monkeypatch):
    mine = tmp_path / "exercises" / "01-bathtub"
    mine.mkdir(parents=True)
    text = (EXERCISES / "01-bathtub" / "source.toml").read_text(encoding="utf-8")
    mine.joinpath("source.toml").write_text(text.replace("minutes = 15", "minutes = 5"))
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert load_set("01-bathtub").minutes == 5
    assert load_set("30-shared-pond").minutes == 20


def results(text):
    """Run the code cells of a notebook in order; yield each with the value of its last line."""
    names = {}
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "code":
            lines = ast.parse("".join(cell["source"]))
            last = lines.body.pop() if isinstance(lines.body[-1], ast.Expr) else None
            exec(compile(lines, "cell", "exec"), names)
            value = last and eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            yield cell, value


def run(text):
    """Return the values of the cells that check."""
    return [value for cell, value in results(text) if ".check(" in "".join(cell["source"])]


def in_text(value):
    """Return what a notebook stores of a value; a form shows itself, and its live part is not."""
    shown, _ = DisplayFormatter().format(value)
    shown = shown or value._repr_mimebundle_()
    return {kind: text for kind, text in shown.items() if kind.startswith("text/")}


@every_set
def test_the_learners_notebook_begins_with_nothing_attempted(name):
    outcomes = [said.outcome for said in run(notebooks(load_set(name))[f"{name}.ipynb"])]
    assert outcomes == [Outcome.NOT_ATTEMPTED] * len(load_set(name))


@every_set
def test_the_solution_notebook_is_all_correct(name):
    text = notebooks(load_set(name))[f"{name}.solution.ipynb"]
    assert [said.outcome for said in run(text)] == [Outcome.CORRECT] * len(load_set(name))


@every_set
def test_the_solution_notebook_shows_what_its_cells_give(name):
    """As strict nbval compares, which ``make test`` lets run a few of them, each in a kernel."""
    stored = (EXERCISES / name / f"{name}.solution.ipynb").read_text(encoding="utf-8")
    cells = list(results(stored))
    assert len(cells) == 1 + 3 * len(load_set(name))
    for cell, value in cells[1:]:
        [shown] = cell["outputs"]
        kept = {kind: "".join(lines) for kind, lines in shown["data"].items()}
        assert in_text(value) == kept, cell["source"]


@every_set
def test_generated_notebooks_are_up_to_date(name):
    for file, text in notebooks(load_set(name)).items():
        stored = EXERCISES / name / file
        assert stored.read_text(encoding="utf-8") == text, (
            "run: python -m cstools.learning.generate"
        )


def test_generating_again_writes_nothing(tmp_path):
    mine = tmp_path / "01-bathtub"
    mine.mkdir()
    text = (EXERCISES / "01-bathtub" / "source.toml").read_text(encoding="utf-8")
    mine.joinpath("source.toml").write_text(text, encoding="utf-8")
    assert [path.name for path in generate(tmp_path)] == [
        "01-bathtub.ipynb",
        "01-bathtub.solution.ipynb",
    ]
    assert generate(tmp_path) == []


def test_a_slip_in_one_set_leaves_all_files_as_they_were(tmp_path):
    for name, text in (("a", "title = 'A'"), ("b", "title = ")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "source.toml").write_text(text)
    with pytest.raises(DataError):
        generate(tmp_path)
    assert not list(tmp_path.rglob("*.ipynb"))
