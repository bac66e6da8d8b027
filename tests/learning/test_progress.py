"""Receipts: taken along, loaded again, edited by hand, mixed up; and answers as data."""

import json
import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools import CausalLoopDiagram, StockFlow, facets
from cstools.errors import FileError
from cstools.learning import load_set
from cstools.learning.answers import as_data, from_data
from cstools.learning.checks import Outcome
from cstools.learning.progress import answers_in_receipt

LOST = "Nothing was loaded, and nothing is lost."
NONE = (
    "is not a receipt, or a part of it is missing. Look for a file that ends in .progress.json. "
    f"{LOST}"
)
CHANGED = (
    "This receipt is not as it was saved; somebody changed it. That does no harm: the answers in "
    "it were checked again just now, and this is what they give."
)
NEWER = (
    "The exercises have changed since this receipt was saved. Your answers were checked again by "
    "the new ones."
)


def bath():
    return load_set("01-bathtub")


def begun():
    exercises = bath()
    exercises["after four minutes"].check("210 litres")
    exercises["fullest"].check("a")
    exercises["sketch"].check([(0, 100), (4, 200), (8, 100), (12, 200), (16, 100)])
    exercises["my bath"].check("a secret worry")
    return exercises


def edited(receipt, **changes):
    return json.dumps({**json.loads(receipt), **changes})


def test_progress_is_told_with_a_line_for_each_question():
    first, second, *lines = repr(begun().progress).splitlines()
    assert f"{first} {second}" == (
        "The bathtub: what flows and what stays: of 5 questions, 2 correct, 1 close, 1 incorrect, "
        "1 not attempted."
    )
    assert lines == [
        "- ≈ 1. How much water after four minutes?: close",
        "- ↻ 2. When is the bath fullest?: incorrect",
        "- ✓ 3. Sketch the water: correct",
        "- ○ 4. What is it measured in?: not attempted",
        "- ✓ 5. A bath of your own: done",
    ]


def test_a_receipt_brings_another_session_as_far_as_this_one():
    receipt = begun().progress.receipt
    other = bath()
    assert repr(other.resume(receipt)) == repr(begun().progress)
    assert other.progress.receipt == receipt


def test_a_receipt_is_a_file_that_is_written_and_read(tmp_path):
    path = begun().progress.write(tmp_path / "mine.json")
    assert repr(bath().resume(path)) == repr(bath().resume(str(path))) == repr(begun().progress)
    with pytest.raises(FileError):
        begun().progress.write(tmp_path / "none" / "mine.json")


def test_no_word_of_a_reflection_is_in_a_receipt():
    progress = begun().progress
    assert json.loads(progress.receipt)["answers"]["my bath"] is True
    kept = [progress.receipt, progress.table(), repr(progress), repr(vars(progress))]
    assert not any("secret" in text for text in kept)


def test_the_best_answer_stays():
    exercises = bath()
    exercises["fullest"].check("b")
    exercises["fullest"].check("a")
    exercises["fullest"].check("")
    assert exercises.progress.outcome(exercises["fullest"]) is Outcome.CORRECT
    assert exercises.points("fullest") == 1.0
    assert exercises.points("units") == 0.0


def test_two_receipts_add_up():
    one, other = bath(), bath()
    one["fullest"].check("b")
    other["fullest"].check("a")
    other["units"].check("c")
    together = bath()
    together.resume(one.progress.receipt)
    together.resume(other.progress.receipt)
    assert [together.points(name) for name in ("fullest", "units")] == [1, 1]


def test_two_sets_loaded_apart_know_nothing_of_each_other():
    begun()
    assert bath().progress.outcomes == {}


def test_a_receipt_that_was_edited_is_told_and_its_answers_checked_again():
    receipt = begun().progress.receipt
    better = edited(receipt, outcomes={"fullest": "correct", "units": "correct"})
    found = bath().resume(better)
    assert found.told == (CHANGED,)
    assert found.outcomes == begun().progress.outcomes


def test_a_receipt_of_other_exercises_is_told():
    pond = load_set("30-shared-pond")
    found = pond.resume(begun().progress.receipt)
    assert found.told == (
        "This receipt is of other exercises, '01-bathtub'. Here it is about '30-shared-pond'. "
        f"{LOST}",
    )
    assert found.outcomes == {}


def test_a_receipt_of_an_older_version_is_checked_by_the_new_one():
    older = edited(begun().progress.receipt, version="older")
    assert bath().resume(older).told == (CHANGED, NEWER)


def test_the_version_changes_with_the_source_and_not_with_the_ends_of_its_lines(tmp_path):
    (tmp_path / "01-bathtub").mkdir()
    path = tmp_path / "01-bathtub" / "source.toml"
    text = (load_set.__globals__["_shelves"]()[-2] / "01-bathtub" / "source.toml").read_text(
        encoding="utf-8"
    )
    path.write_bytes(text.replace("\n", "\r\n").encode())
    assert load_set(path).version == bath().version
    path.write_text(text.replace("minutes = 15", "minutes = 16"), encoding="utf-8")
    assert load_set(path).version != bath().version


@pytest.mark.parametrize(
    ("receipt", "told"),
    [
        ("{", f"This {NONE}"),
        (b"{\xff", f"This {NONE}"),
        ("{}", f"This {NONE}"),
        ('{"cstools receipt": 2, "set": "01-bathtub", "answers": {}}', f"This {NONE}"),
        ('{"cstools receipt": 1, "set": "01-bathtub", "answers": [1]}', f"This {NONE}"),
        ('{"cstools receipt": 1, "set": "01-bathtub"}', f"This {NONE}"),
        ("{" + '"a":{' * 100_000, f"This {NONE}"),
        ("nowhere.json", "'nowhere.json' cannot be opened: No such file or directory."),
        ("", "'' cannot be opened: Is a directory."),
        (".", "'' cannot be opened: Is a directory."),
        ("\x00", "'\x00' cannot be opened: it is no text."),
    ],
)
def test_what_is_no_receipt_gets_a_sentence(receipt, told):
    found = bath().resume(receipt)
    assert found.told == (told,)
    assert found.outcomes == {}


def test_a_notebook_in_the_place_of_a_receipt_gets_a_sentence(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text('{"cells": []}')
    assert bath().resume(path).told == (f"'x.ipynb' {NONE}",)
    path.write_bytes(b"\xff\xfe")
    assert bath().resume(path).told == ("'x.ipynb' cannot be opened: it is no text.",)
    path.write_text(" " * 2_000_001)
    assert bath().resume(path).told == ("'x.ipynb' is far too large for a receipt.",)
    with pytest.raises(FileError):
        answers_in_receipt(path)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("~"), inner),
    max_leaves=8,
)


@given(answers=st.dictionaries(st.sampled_from([q.name for q in bath()]), json_values))
def test_whatever_stands_in_a_receipt_nothing_is_raised(answers):
    said = {"cstools receipt": 1, "set": "01-bathtub", "answers": answers}
    assert bath().resume(json.dumps(said)).told[0] == CHANGED


def test_a_page_shows_a_table_and_a_link_that_goes_nowhere():
    bundle = begun().progress._repr_mimebundle_()
    assert "<th scope='row'>2. When is the bath fullest?</th>" in bundle["text/html"]
    assert "href='data:application/json;base64," in bundle["text/html"]
    assert "http" not in bundle["text/html"]


def test_the_place_for_progress_has_a_text_that_stays_the_same():
    assert repr(begun().keep) == repr(bath().keep)
    assert " ".join(repr(bath().keep).split()) == (
        "Your progress: exercises.progress shows it, exercises.progress.write(…) writes it to a "
        'file, and exercises.resume("01-bathtub.progress.json") loads it again.'
    )


def test_a_page_of_the_place_follows_each_check_and_loads_a_receipt():
    pytest.importorskip("ipywidgets")
    from cstools.widgets.progress import keeper

    exercises = bath()
    page = keeper(exercises)
    assert "5 not attempted" in page.shown.value
    exercises["units"].check("c")
    assert "1 correct, 4 not attempted" in page.shown.value
    page.take(begun().progress.receipt.encode())
    assert "3 correct, 1 close, 1 incorrect" in page.shown.value
    page.take(b"no receipt")
    assert "This is not a receipt" in page.shown.value
    assert "3 correct, 1 close, 1 incorrect" in page.shown.value


def test_where_live_parts_are_not_installed_the_place_is_its_text(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    monkeypatch.delitem(sys.modules, "cstools.widgets.progress", raising=False)
    assert set(bath().keep._repr_mimebundle_()) == {"text/plain", "text/markdown"}


# --- answers as data --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [5, 2.5, -0.0, "b", "Åse", True, [1, [2, "x"]], {"quota": 100}, {1: 2.5}, []],
    ids=repr,
)
def test_an_answer_goes_through_data_unchanged(answer):
    through = from_data(json.loads(json.dumps(as_data(answer))))
    assert through == answer
    assert type(through) is type(answer)


def test_pairs_and_sketches_go_through_as_points():
    class Pad:
        points = ((0, 1.5), (2, 3))

    assert from_data(as_data(Pad())) == [[0, 1.5], [2, 3]] == from_data(as_data(Pad.points))


def test_numpy_numbers_go_through_and_what_is_no_number_stays_none():
    numpy = pytest.importorskip("numpy")
    assert from_data(as_data(numpy.float64(2.5))) == 2.5
    assert math.isnan(from_data(as_data(math.inf)))
    assert as_data(...) is as_data(None) is None


def test_a_map_goes_through():
    text = "a -> b: + delayed\nb -> a: -"
    through = from_data(as_data(CausalLoopDiagram(text)))
    assert through.to_text() == CausalLoopDiagram(text).to_text()


MODELS = [
    facets.self.burnout,
    facets.world.pond_with_quota,
    facets.world.bathtub,
    facets.others.emotional_contagion,
]


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_a_model_goes_through_and_runs_the_same(make):
    model = make()
    through = from_data(json.loads(json.dumps(as_data(model))))
    assert through.time_units == model.time_units
    for stock in model.run().stocks:
        # Every number of a model is a double, and JSON gives a double back to the last bit.
        assert (through.run()[stock] == model.run()[stock]).all()


def test_a_model_with_an_array_goes_through_element_by_element():
    model = StockFlow("two", stop=4, dt=1)
    model.dimension("Place", ["North", "South"])
    model.stock("people[Place]", [1, 2])
    model.flow("births[Place]", "people[Place] * 0.5", into="people[Place]")
    through = from_data(json.loads(json.dumps(as_data(model))))
    assert through.run()["people North"][-1] == model.run()["people[North]"][-1]


@pytest.mark.parametrize(
    "data",
    [
        {"~": "model", "of": {}},
        {"~": "model", "of": {"clock": [0, 1], "parts": []}},
        {"~": "map", "of": "a ->"},
        {"~": "map", "of": 5},
        {"~": "by name", "of": [[[1], 2]]},
        {"~": "what"},
        {"x": 1},
        [[[[[[[[1]]]]]]]],
    ],
    ids=repr,
)
def test_data_that_is_no_answer_is_unreadable_and_nothing_is_raised(data):
    for question in (*bath(), *load_set("30-shared-pond")):
        if question.name != "my bath":
            assert question.check(from_data(data)).outcome is Outcome.INCORRECT


def test_an_object_with_a_will_of_its_own_is_unreadable():
    class Odd:
        def __getattr__(self, name):
            raise RuntimeError

    assert as_data(Odd()) == as_data(print) == as_data(object()) == {"~": "unreadable"}
    assert as_data([Odd()]) == {"~": "unreadable"}
    endless = []
    endless.append(endless)
    assert as_data(endless) == {"~": "unreadable"}
