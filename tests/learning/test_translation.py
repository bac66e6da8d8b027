"""A translated notebook is the English one with other words, whole, and built, not written."""

import json
import re
import shutil
from pathlib import Path

import pytest

from cstools.__main__ import main
from cstools.errors import CstoolsError, DataError, UnknownNameError
from cstools.languages import name_spoken, speak, unit_spoken
from cstools.learning import load_set
from cstools.learning.checks import Outcome
from cstools.learning.exercises import sources_of_sets
from cstools.learning.gradebook import _SETS_IN_CODE
from cstools.learning.judging import judge
from cstools.learning.notebook import read_notebook
from cstools.learning.translation import catalogues
from cstools.learning.translation.build import (
    lesson,
    place,
    speaking_from_here,
    translated,
    translations,
)
from cstools.learning.translation.catalogues import Message, bring_up_to_date, faults
from cstools.learning.translation.code import in_code
from cstools.learning.translation.command import problems
from cstools.learning.translation.exercise import in_set
from cstools.learning.translation.names import names_in
from cstools.learning.translation.prose import in_prose
from cstools.learning.translation.words import languages_of

ROOT = Path(__file__).parents[2]
TEN = "10-creative-tension"
HERE = [(language, one) for language, one in translations(ROOT)]
SETS = [(language, one.name) for language, one in HERE if one.source]
each = pytest.mark.parametrize(("language", "one"), HERE, ids=lambda x: getattr(x, "name", x))
each_set = pytest.mark.parametrize(("language", "name"), SETS)


def loud(message, context="", note=""):
    return message if context else message.upper()


def heard(render, source):
    messages = []

    def say(message, context="", note=""):
        messages.append(message)
        return message

    assert render(source, say) == source
    return messages


# --- what is in the course ------------------------------------------------------------------------


def test_nothing_is_missing_unclear_or_out_of_date():
    """On a difference: cstools translate extract; translate; cstools translate build."""
    assert problems(ROOT) == []


def test_notebook_10_is_there_in_spanish_and_danish():
    assert {(language, one.name) for language, one in HERE} >= {("es", TEN), ("da", TEN)}
    assert languages_of(TEN) == ("en", "da", "es")


@each
def test_the_code_does_the_same_in_every_language(language, one):
    """Cell for cell: the same ids, tags and code, but for texts, comments and the language."""
    english = json.loads(one.notebook.read_text(encoding="utf-8"))["cells"]
    theirs = translated(one, language)["cells"]
    assert [cell["id"] for cell in theirs] == [cell["id"] for cell in english]
    assert [cell["metadata"] for cell in theirs] == [cell["metadata"] for cell in english]
    for cell, other in zip(english, theirs, strict=True):
        if cell["cell_type"] == "code":
            assert without_words(other, language) == without_words(cell, language)


def without_words(cell, language):
    source = re.sub(rf'speak\("{language}", "[\w-]+"\)\n', "", "".join(cell["source"]))
    source = re.sub(r"^(from cstools\.learning import .*), speak$", r"\1", source, flags=re.M)
    plain = in_code(source, lambda message, context="", note="": "…")
    return re.sub(r'"…"', "…", plain.replace(f', "{language}")', ")")).replace("f…", "…")


@each
def test_no_english_sentence_is_left(language, one):
    """No four words in a row are the same; menus and sliders, in italics, are left out."""
    english = [cell.source for cell in read_notebook(one.notebook).cells if cell.kind == "markdown"]
    cells = translated(one, language)["cells"]
    theirs = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    for mine, other in zip(english, theirs, strict=True):
        assert runs(mine) & runs(other) == set()


@each
def test_no_english_sentence_is_left_in_what_the_cells_show(language, one):
    """In results neither, stored in the notebook, but for references; they show its language."""
    english, theirs = (
        json.loads(path.read_text(encoding="utf-8"))["cells"]
        for path in (one.notebook, place(one.notebook, language))
    )
    for mine, other in zip(english, theirs, strict=True):
        if mine["cell_type"] == "code" and "cite(" not in "".join(mine["source"]):
            assert runs(shown_by(mine)) & runs(shown_by(other)) == set()


def shown_by(cell):
    """Return what can be read of a cell's results, in pictures their sentence."""
    return " | ".join(
        "".join(output.get("text", output.get("data", {}).get("text/plain", "")))
        for output in cell["outputs"]
    )


@each
def test_every_name_of_the_models_is_translated(language, one):
    cells = read_notebook(one.notebook).cells
    names = {pair for cell in cells if cell.kind == "code" for pair in names_in(cell.source)}
    speak(language, one.name)
    assert {("name", "reality"), ("name", "taking heart"), ("unit", "days in 100")} <= names
    said = {"name": name_spoken, "unit": unit_spoken}
    same = {words for context, words in names if words and said[context](words) == words}
    assert same <= {"vision"}  # it is a Danish word as well


def test_what_pages_say_is_among_the_messages():
    messages = {one.words for one in catalogues.package_messages()}
    assert {"Check-in, for you alone", "Download these points", "Reset all"} <= messages
    assert {"Where is your attention just now?", "quiet snow"} <= messages
    assert "{rises} from {first} to {last} by {when}{how}{stays}" in messages


def runs(text):
    plain = re.sub(r"\]\([^)]*\)|(?<!\*)\*[^*]+\*(?!\*)", " | ", text)
    words = re.findall(r"[^\W\d_]+|\|", plain.casefold())
    return {found for i in range(len(words) - 3) if "|" not in (found := tuple(words[i : i + 4]))}


# --- exercises ------------------------------------------------------------------------------------


@each_set
def test_every_answer_is_judged_as_in_english(language, name):
    english, theirs = load_set(name), load_set(name, language)
    assert theirs.version == english.version
    for mine, other in zip(english, theirs, strict=True):
        assert other.check(other.kind.solution).outcome is Outcome.CORRECT
        assert other.check(mine.kind.solution).outcome is Outcome.CORRECT
        assert other.check().outcome is Outcome.NOT_ATTEMPTED
        for wrong in other.misconceptions:
            for answer in wrong.answers:
                assert other.check(answer).misconception == wrong.name


@each_set
def test_everything_that_a_set_says_is_in_the_language(language, name):
    for mine, other in zip(load_set(name), load_set(name, language), strict=True):
        for english, theirs in zip(said_by(mine), said_by(other), strict=True):
            assert theirs != english


def said_by(question):
    """Return what a question says by itself, and to answers of every outcome."""
    yield from (question.title, question.ask, question.how, question.solution().text)
    yield from (question.hint(number).text for number in range(len(question.hints) + 2))
    for answer in (question.kind.solution, None, "0", 0, [], {}, False):
        yield question.check(answer).text
    for wrong in question.misconceptions:
        yield from (question.check(answer).text for answer in wrong.answers)


def test_a_unit_and_a_map_count_in_both_languages():
    meets, ends = (load_set(TEN, "es")[name] for name in ("where they meet", "two ends"))
    assert meets.check("85 días").outcome is Outcome.CORRECT
    assert meets.check("85 days in 100").outcome is Outcome.CORRECT
    assert meets.check("85 meses").text == "Casi.\n\nEl número es correcto; la unidad aquí es días."
    spanish = load_set(TEN, "es")["two ends"].kind.solution
    assert spanish.splitlines()[0] == "brecha -> trabajo: +"
    mixed = spanish.replace("brecha", "gap").replace("duda ", "desánimo ")
    assert ends.check(mixed).outcome is Outcome.CORRECT


def test_the_gradebook_judges_an_answer_in_the_language_it_is_given_in(tmp_path):
    answers = {"where they meet": "85 días", "two ends": load_set(TEN, "da")[3].kind.solution}
    (tmp_path / "answers.json").write_text(json.dumps({TEN: answers}), encoding="utf-8")
    sources = {TEN: str(ROOT / "exercises" / TEN / "source.toml")}
    told = []
    judge({"answers": str(tmp_path / "answers.json"), "sources": sources}, told.append)
    assert [(line["question"], line["outcome"]) for line in told] == [
        ("where they meet", "correct"),
        ("two ends", "correct"),
    ]
    found = _SETS_IN_CODE.findall(f'load_set("{TEN}", "es")\nload_set("01-bathtub")')
    assert found == [TEN, "01-bathtub"]


def test_progress_is_told_in_the_language_and_goes_on_in_another():
    danish, english = load_set(TEN, "da"), load_set(TEN)
    danish["smaller dream"].check("b")
    assert danish.progress.describe() == (
        "At holde den kreative spænding: hvilken ende flytter sig? "
        "Af 5 spørgsmål er 1 rigtigt, 4 ikke besvaret."
    )
    assert english.resume(danish.progress.receipt).outcome(english[1]) is Outcome.CORRECT


def test_a_language_or_a_set_that_is_not_there_gets_a_sentence():
    with pytest.raises(UnknownNameError) as error:
        load_set(TEN, "esp")
    assert str(error.value) == "languages: nothing is called 'esp'; did you mean 'es'?"
    with pytest.raises(DataError) as missing:
        load_set("01-bathtub", "es")
    assert str(missing.value) == (
        "'01-bathtub' is not translated into 'es' yet; leave the language out for English, or "
        "begin its translation: cstools translate begin es 01-bathtub"
    )


@pytest.mark.parametrize("path", sources_of_sets(), ids=lambda path: path.parent.name)
def test_a_set_in_which_every_word_is_another_still_holds_its_own_answers(path, monkeypatch):
    """Whatever is translated, and however: nothing that is judged depends on the English words."""
    from cstools.learning import source

    other = in_set(source.read_table(path)[0], lambda m, context="", note="": f"×{m}")
    made = source._exercises(other, path.parent.name, "", "es")
    for question in (one for one in made if one.kind.light):
        assert question.check(question.kind.solution).outcome is Outcome.CORRECT
        assert question.title.startswith("×")


# --- prose and code -------------------------------------------------------------------------------


def test_prose_is_taken_apart_into_headings_paragraphs_and_items():
    source = "# A bath\n\nIt fills.\n\n- one\n- two\n\n1. first\n\n```\nx = 1\n```"
    assert heard(in_prose, source) == ["A bath", "It fills.", "one", "two", "first"]


def test_the_lines_of_a_paragraph_are_one_message():
    assert in_prose("They meet at\n92. That is\nhigh.\n\n- an item\n  goes on", loud) == (
        "THEY MEET AT 92. THAT IS HIGH.\n\n- AN ITEM GOES ON"
    )


def test_headings_of_the_shape_and_the_title_block_are_said_once_for_all():
    told = []

    def say(message, context="", note=""):
        told.append((context, message))
        return message

    source = (
        "- Goals:\n  - see it\n- Minutes: 30\n- Evidence: measured, published\n\n### Tweak: move"
    )
    assert in_prose(source, say) == source
    assert told == [
        ("shape", "Goals"),
        ("", "see it"),
        ("shape", "Minutes"),
        ("shape", "measured"),
        ("shape", "published"),
        ("shape", "Evidence"),
        ("shape", "Tweak"),
        ("", "move"),
    ]


def test_a_first_cell_speaks_after_its_imports():
    assert speaking_from_here("import a\nfrom cstools.learning import b\n\nx = 1", "es", "n") == (
        'import a\nfrom cstools.learning import b, speak\n\nspeak("es", "n")\nx = 1'
    )
    assert speaking_from_here("# so\nimport a\nx = 1", "es", "n") == (
        '# so\nimport a\nfrom cstools.learning import speak\n\nspeak("es", "n")\nx = 1'
    )


def test_the_names_of_models_are_found_in_code():
    source = (
        "model = facets.self.no_such_call\n"
        'fed.flow("taking heart", "0.25 * improving", into="vision", units="days/month")\n'
        'fed.constant("step", 2, "metre", between=(1, 3))\n'
        'drawn = sketch("reality", stop=36, units="days", time_units="month")\n'
        'model.run({"step": 3})["reality"]'
    )
    assert list(names_in(source)) == [
        ("name", "taking heart"),
        ("unit", "days/month"),
        ("name", "step"),
        ("unit", "metre"),
        ("name", "reality"),
        ("unit", "days"),
        ("unit", "month"),
    ]


def test_names_in_code_stay_and_words_are_said():
    source = (
        "# The map\n"
        'run = model.run({"fish": 5})\n'
        'loops.name_loop(["a", "b"], "the rush")\n'
        "drawn = sketch('fish', units='tonnes')\n"
        "Words(f\"Fish: {run['fish'][-1]:.0f} tonnes.\")\n"
        'lines.append("No fish.")\n'
        'exercises = load_set("30-shared-pond")'
    )
    assert in_code(source, loud, "es") == (
        "# THE MAP\n"
        'run = model.run({"fish": 5})\n'
        'loops.name_loop(["a", "b"], "THE RUSH")\n'
        "drawn = sketch('fish', units='tonnes')\n"
        "Words(f\"FISH: {run['fish'][-1]:.0f} TONNES.\")\n"
        'lines.append("NO FISH.")\n'
        'exercises = load_set("30-shared-pond", "es")'
    )


def test_places_may_change_their_order():
    def turned(message, context="", note=""):
        return "{2} nach {1}"

    assert in_code('Words(f"{low:.1f} to {high!r}")', turned) == 'Words(f"{high!r} nach {low:.1f}")'
    assert in_code('said = "{:.1f} to {}"', turned) == 'said = "{1} nach {0:.1f}"'


def test_letters_beyond_ascii_do_not_shift_what_follows():
    assert in_code('x = "één", "zwei"  # drei', loud) == 'x = "ÉÉN", "ZWEI"  # DREI'


# --- catalogues -----------------------------------------------------------------------------------


@pytest.fixture
def locales(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    return tmp_path


def test_a_message_that_changes_a_little_keeps_its_words_and_is_looked_at(locales):
    bring_up_to_date("es", "x", [Message("A bath fills slowly, with {1} litres.", "", "x:1")])
    path = locales / "es" / "x.po"
    path.write_text(path.read_text().replace('msgstr ""\n', 'msgstr "La bañera, {1}."\n').replace(
        'msgid ""\nmsgstr "La bañera, {1}."', 'msgid ""\nmsgstr ""', 1))  # fmt: skip
    now = [Message("A bath fills very slowly, with {1} litres.", "", "x:1")]
    assert faults("es", "x", now) == [
        "es/x.po lacks 'A bath fills very slowly, with {1} litres.' (x:1); "
        "run: cstools translate extract",
        "es/x.po has messages that nobody says; run: cstools translate extract",
    ]
    bring_up_to_date("es", "x", now)
    assert "La bañera, {1}." in path.read_text()
    assert faults("es", "x", now) == [
        "es/x.po: 'A bath fills very slowly, with {1} litres.' (x:1) is marked fuzzy: "
        "the English has changed; look at it and take the mark away"
    ]


@pytest.mark.parametrize(
    ("english", "theirs", "wrong"),
    [
        ("So {1} of {2}.", "Así {1} de {1}.", "the places in braces"),
        ("As [Senge1990] says.", "Como dice [Senge1991].", "the references in brackets"),
        ("Write `x = 1`.", "Escribe `x = 2`.", "what stands between ` and `"),
        ("See [it](a.ipynb).", "Mira [esto](b.ipynb).", "the addresses of links"),
        ("It is **so**.", "Es **así.", "the pairs of **"),
    ],
)
def test_what_must_stay_is_held(locales, english, theirs, wrong):
    message = Message(english, "", "x:1")
    bring_up_to_date("es", "x", [message])
    path = locales / "es" / "x.po"
    head, _, entries = path.read_text().partition("\n\n")
    path.write_text(f"{head}\n\n" + entries.replace('msgstr ""', f'msgstr "{theirs}"'))
    assert faults("es", "x", [message]) == [
        f"es/x.po: '{english}' (x:1) is translated with other things for {wrong}"
    ]


def test_an_empty_entry_and_a_missing_file_are_named(locales):
    message = Message("A bath.", "", "x:1")
    assert faults("es", "x", [message]) == [
        "es/x.po is missing; begin it with: cstools translate begin es x"
    ]
    bring_up_to_date("es", "x", [message])
    assert faults("es", "x", [message]) == ["es/x.po: 'A bath.' (x:1) is not translated"]


def test_writing_again_changes_nothing(locales):
    for language, name in (("es", TEN), ("da", "package")):
        shutil.copytree(ROOT / f"cstools/data/locales/{language}", locales / language)
        one = lesson(ROOT, TEN)
        wanted = (
            catalogues.package_messages()
            if name == "package"
            else catalogues.messages_of(one.notebook, one.source)
        )
        before = (locales / language / f"{name}.po").read_bytes()
        bring_up_to_date(language, name, wanted)
        assert (locales / language / f"{name}.po").read_bytes() == before


def test_nobody_is_named_in_a_catalogue_and_no_machine():
    for path in (ROOT / "cstools/data/locales").rglob("*.po"):
        head = path.read_text(encoding="utf-8").partition("\n\n")[0]
        assert not re.search("Last-Translator|Creation-Date|Revision-Date|EMAIL", head)


# --- the command ----------------------------------------------------------------------------------


def test_the_command_begins_a_language_in_the_folder_of_the_course(locales, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert main(["translate", "begin", "sw", TEN]) == 0
    assert sorted(path.name for path in locales.rglob("*.po")) == [f"{TEN}.po", "package.po"]
    assert re.search(
        r"10-creative-tension.po: \d+ messages, \d+ to translate", capsys.readouterr().out
    )


def test_elsewhere_it_says_where_to_go(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["translate", "begin", "es", TEN]) == 2
    assert capsys.readouterr().err == (
        "'.' holds no notebooks; run this in the folder of the course, in which 'notebooks' lies\n"
    )


def test_a_language_is_two_letters(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert main(["translate", "begin", "spanish", TEN]) == 2
    assert capsys.readouterr().err == (
        "'spanish' is no language to translate into; give the two letters by which the web knows "
        "it, such as es for Spanish\n"
    )
    with pytest.raises(CstoolsError):
        lesson(ROOT, "10-creative-tenson")
