"""Catalogues are read as gettext reads them; a language is spoken only where it is asked for."""

from contextvars import Context, copy_context
from io import BytesIO

import pytest
from babel.messages.pofile import read_po as babel_reads

from cstools.errors import DataError, UnknownNameError
from cstools.languages import (
    catalogue,
    languages,
    messages_in_javascript,
    moment_spoken,
    name_spoken,
    read_po,
    speak,
    speaking,
    spoken,
    unit_spoken,
    words_for_javascript,
)
from cstools.learning.translation.catalogues import LOCALES
from cstools.plotting.words import moment, span

FILES = sorted(LOCALES.glob("*/*.po"))
SMALL = r"""# A head, with "quotes".
msgid ""
msgstr "Language: es\n"

#: a.py
msgid "stock"
msgstr "acumulación"

msgctxt "unit"
msgid "stock"
msgstr ""

#, fuzzy
msgid "flow"
msgstr "flujo"

#: b.py
#, fuzzy, python-brace-format
msgid "A {1}"
msgstr "Un {1}"

msgctxt "unit"
msgid ""
"two \"lines\"\n"
"of text"
msgstr ""
"dos \\ líneas\n"
"de texto"

#~ msgid "gone"
#~ msgstr "perdido"
"""


def test_english_comes_first():
    assert languages() == ("en", "da", "es")


def test_only_finished_entries_are_read():
    assert read_po(SMALL) == {
        ("", "stock"): "acumulación",
        ("unit", 'two "lines"\nof text'): "dos \\ líneas\nde texto",
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_catalogue_reads_as_babel_reads_it(path):
    theirs = {
        (entry.context or "", entry.id): entry.string
        for entry in babel_reads(BytesIO(path.read_bytes()))
        if entry.id and entry.string and not entry.fuzzy
    }
    assert theirs
    assert read_po(path.read_text(encoding="utf-8")) == theirs


def test_a_line_that_belongs_nowhere_is_named():
    with pytest.raises(DataError) as error:
        read_po('msgid "stock"\nmsgstr acumulación', "es/x.po")
    assert str(error.value) == (
        "es/x.po, line 2: this line is not of a catalogue: msgstr acumulación"
    )


def test_a_quotation_mark_of_its_own_is_named():
    with pytest.raises(DataError) as error:
        read_po('msgid "a "word" here"\nmsgstr "x"', "es/x.po")
    assert str(error.value) == (
        'es/x.po, line 1: write \\" for a quotation mark inside the text, and \\\\ for a backslash'
    )


def test_a_language_is_spoken_inside_the_with_and_nowhere_else():
    with speaking("es"):
        assert spoken("Correct.") == "Correcto."
        with speaking("da"):
            assert spoken("Answer with a number, in {unit}.", unit="dage") == (
                "Svar med et tal, i dage."
            )
        assert spoken("Correct.") == "Correcto."
    assert spoken("Correct.") == "Correct."


def test_what_a_catalogue_lacks_stays_english():
    with speaking("es"):
        assert spoken("Nobody has translated this {what}.", what="yet") == (
            "Nobody has translated this yet."
        )
    assert catalogue("en", "package") == {}
    assert catalogue("es", "no such notebook") == {}


def test_a_language_that_is_not_there_gets_the_ones_there_are():
    with pytest.raises(UnknownNameError) as error, speaking("dk"):
        pass
    assert str(error.value) == "languages: nothing is called 'dk'; there are 'en', 'da' and 'es'"


# --- what a notebook speaks -----------------------------------------------------------------------

TEN = "10-creative-tension"


def test_a_notebook_speaks_in_every_context_until_it_speaks_english_again():
    speak("es")
    assert copy_context().run(spoken, "Correct.") == "Correcto."
    assert Context().run(spoken, "Correct.") == "Correcto."  # as a cell: in none of another's
    with speaking("da"):
        assert spoken("Correct.") == "Rigtigt."
    with speaking("en"):
        assert spoken("Correct.") == "Correct."
    speak("en")
    assert spoken("Correct.") == "Correct."


def test_nothing_is_spoken_in_a_language_that_is_not_there():
    speak("es")
    with pytest.raises(UnknownNameError) as error:
        speak("dk")
    assert str(error.value) == "languages: nothing is called 'dk'; there are 'en', 'da' and 'es'"
    assert spoken("Correct.") == "Correcto."


def test_names_and_units_are_shown_in_the_words_of_the_notebook():
    assert (name_spoken("reality"), unit_spoken("days in 100")) == ("reality", "days in 100")
    speak("es", TEN)
    assert (name_spoken("reality"), unit_spoken("days in 100")) == ("realidad", "días de cada 100")
    assert name_spoken("reality[north]") == "realidad[north]"
    assert name_spoken("no such name") == "no such name"
    speak("es")
    assert name_spoken("reality") == "reality"  # another notebook may call something else so
    assert unit_spoken("months") == "meses"


def test_a_moment_has_its_article_where_the_language_wants_one():
    assert moment(36, "months") == "month 36"
    speak("es")
    assert (moment(36, "months"), span(3, "month")) == ("el mes 36", "3 meses")
    assert moment_spoken("fortnight") == "fortnight"
    speak("da")
    assert (moment(36, "months"), span(1, "months")) == ("måned 36", "1 måned")


def test_what_a_script_says_is_found_and_handed_over_in_the_language():
    script = (
        'a(spoken("Clear"), spoken(\n  "say \\"so\\" {x}", { x }), spoken("Clear"), spoken(x));'
    )
    assert messages_in_javascript(script) == ("Clear", 'say "so" {x}')
    assert words_for_javascript(script) == {}
    speak("da")
    assert words_for_javascript(script) == {"Clear": "Ryd"}
