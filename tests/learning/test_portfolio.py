"""A portfolio takes what a learner made, shows it, and gives it back."""

import json
import re
from base64 import b64decode
from html.parser import HTMLParser

import pytest

import cstools
from cstools import CausalLoopDiagram, facets, read_board, read_diagram, read_model, sketch
from cstools.errors import CstoolsError, DataError, FileError, UnknownNameError
from cstools.learning import Portfolio, load_set, read_portfolio
from cstools.learning.portfolio.blocks import blocks_of

ROUND = "worry -> work: +\nwork -> tiredness: +\ntiredness -> worry: +"


def a_map(text=ROUND):
    return CausalLoopDiagram(text, name="A winter")


def a_mandala():
    board = cstools.mandala("A quiet start to the day")
    board.add("centre", "That no child begins the day alone.")
    board.add("practice", "Five quiet minutes.", "Breakfast on Mondays,\nfor all who come.")
    board.add("research", "Do children arrive calmer in spring?")
    board.add("capacity_building", "Two colleagues learn to lead the circle.")
    return board.add("community_building", "A supper once a term.")


def full():
    exercises = load_set("01-bathtub")
    exercises["fullest"].check("b")
    exercises["my bath"].check("zebra: what I would tell nobody")
    pond = facets.world.shared_pond()
    drawn = sketch("trust", 0, 12, 0, 10, time_units="week", points=[(0, 4), (6, 2), (12, 8)])
    mine = Portfolio("My systems")
    mine.add(
        a_map(), title="Our staff room", reflection="The loop I had not seen.\n\nNow I see it."
    )
    mine.add(pond).add(pond.run(), title="What the pond does").add(drawn).add(a_mandala())
    return mine.add(exercises).add("Ask one question.\n\nWait.", title="Next step")


@pytest.fixture(scope="module")
def mine():
    return full()


class Page(HTMLParser):
    """What a page has: its tags with their attributes, and its words by tag."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self._open = [], {}, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if self._open:
            self.words.setdefault(self._open[-1], []).append(data)


@pytest.fixture(scope="module")
def page(mine, tmp_path_factory):
    return Page(mine.save(tmp_path_factory.mktemp("page") / "mine.html").read_text("utf-8"))


def test_it_says_what_is_in_it(mine):
    assert mine.describe() == (
        "In this portfolio: a map, a model, a sketch, a board, a picture, a note and a set of "
        "exercises."
    )
    assert repr(mine).splitlines()[1:4] == [
        "- Our staff room (a map)",
        "- The shared pond (a model)",
        "- What the pond does (a picture)",
    ]
    assert repr(Portfolio()) == "My portfolio. In this portfolio: nothing yet."


def test_every_piece_is_under_its_heading_and_in_the_contents(mine, page):
    titles = [piece.title for piece in mine]
    assert page.words["a"][1:] == titles
    assert [words for words in page.words["h2"] if words != "Contents"] == titles
    targets = [about["href"] for tag, about in page.tags if tag == "a"]
    places = {about.get("id") for _, about in page.tags}
    assert {target.removeprefix("#") for target in targets} <= places


def test_every_picture_has_its_sentence_for_eyes_and_ears(page):
    images = [about for tag, about in page.tags if tag == "img"]
    assert len(images) == 4
    assert [about["alt"] for about in images] == page.words["figcaption"]
    assert all(len(about["alt"].split()) > 5 for about in images)


def test_a_page_reaches_for_nothing_and_runs_nothing(page):
    addresses = [about[name] for _, about in page.tags for name in ("src", "href") if name in about]
    assert all(address.startswith(("data:image/", "#")) for address in addresses)
    assert [about["type"] for tag, about in page.tags if tag == "script"] == ["application/json"]
    assert not any(name.startswith("on") for _, about in page.tags for name in about)


def test_a_reflection_of_an_exercise_is_done_and_no_word_of_it_leaves(mine, page, tmp_path):
    folder = mine.save(tmp_path / "mine")
    assert "A bath of your own · done" in page.words["li"]
    assert not any(b"zebra" in file.read_bytes() for file in folder.rglob("*.*"))


def test_it_comes_back_whole(mine, tmp_path):
    for place in ("mine.html", "folder"):
        again = read_portfolio(mine.save(tmp_path / place))
        assert again.title == mine.title
        assert again.pieces == mine.pieces
        assert again.told == ()


def test_each_piece_comes_back_as_what_it_was(mine, tmp_path):
    again = read_portfolio(mine.save(tmp_path / "mine.html"))
    assert again["Our staff room"].to_text() == a_map().to_text()
    assert again["The shared pond"].run()["fish"][-1] == pytest.approx(
        facets.world.shared_pond().run()["fish"][-1], rel=1e-9
    )  # the same equations, written out and read back: rounding alone may differ
    assert [list(point) for point in again["Trust"].points] == [[0, 4], [6, 2], [12, 8]]
    assert again["Next step"] == "Ask one question.\n\nWait."
    assert again["What the pond does"] is None
    exercises = load_set("01-bathtub")
    assert exercises.resume(again["The bathtub: what flows and what stays"]).told == ()
    assert exercises.progress.outcomes["fullest"] == "correct"


def test_a_folder_has_files_that_their_own_readers_read(mine, tmp_path):
    folder = mine.save(tmp_path / "folder") / "pieces"
    assert sorted(file.name for file in folder.iterdir()) == [
        "01-our-staff-room.svg",
        "01-our-staff-room.txt",
        "02-the-shared-pond.svg",
        "02-the-shared-pond.xmile",
        "03-what-the-pond-does.svg",
        "04-trust.svg",
        "05-mandala-a-quiet-start-to-the-day.board.json",
        "06-the-bathtub-what-flows-and-what-stays.progress.json",
        "07-next-step.txt",
    ]
    assert read_diagram(folder / "01-our-staff-room.txt").variables == a_map().variables
    assert read_model(folder / "02-the-shared-pond.xmile").name == "The shared pond"
    board = read_board(folder / "05-mandala-a-quiet-start-to-the-day.board.json")
    assert board.notes == a_mandala().notes


def test_a_cell_shows_the_pieces_and_a_link_that_saves_the_page(mine, tmp_path):
    html = mine._repr_mimebundle_()["text/html"]
    assert html.count("<li>") == len(mine) == 7
    [(name, data)] = re.findall(r'download="([^"]*)" href="data:text/html;base64,([^"]*)"', html)
    (tmp_path / name).write_bytes(b64decode(data))
    assert name == "my-systems.html"
    assert read_portfolio(tmp_path / name).pieces == mine.pieces


# The mandala of the learner


def test_a_mandala_is_on_the_page_with_all_its_fields_and_notes(page):
    assert page.words["h3"][1:6] == [
        "At the centre",
        "Practice",
        "Research",
        "Capacity building",
        "Community building",
    ]
    notes = [note for layer in a_mandala().notes.values() for note in layer]
    assert [words for words in page.words["li"] if words in notes] == notes


def test_a_mandala_comes_back_and_goes_on(tmp_path):
    board = a_mandala().put("practice", a_map())
    path = Portfolio("Mine").add(board).save(tmp_path / "mine.html")
    again = read_portfolio(path)["Mandala: A quiet start to the day"]
    assert (again.kind, again.topic, again.notes) == ("mandala", board.topic, board.notes)
    [held] = again.on("practice")
    assert held.variables == a_map().variables
    again.add("research", "We ask in autumn.")
    mine = read_portfolio(path).add(again)
    assert mine.told == (
        "'Mandala: A quiet start to the day' was here already; it is replaced by this one.",
    )
    assert "We ask in autumn." in mine.save(path, replace=True).read_text("utf-8")


# Nothing is lost without a word


def test_a_cell_that_is_run_again_does_no_harm(tmp_path):
    for _ in range(2):
        mine = Portfolio("Mine").add(a_map(), reflection="Now I see it.").add(a_map())
        mine.add(a_map(), reflection="Now I see it.")
        mine.save(tmp_path / "mine.html")
        mine.save(tmp_path / "folder")
    assert len(read_portfolio(tmp_path / "mine.html")) == 1


def test_a_saved_portfolio_is_added_to_and_saved_again(tmp_path):
    for place in ("mine.html", "folder"):
        path = Portfolio("Mine").add(a_map()).save(tmp_path / place)
        read_portfolio(path).add("A note.", title="A note").save(path)
        assert [piece.title for piece in read_portfolio(path)] == ["A winter", "A note"]


def test_saving_over_what_would_be_lost_is_refused(tmp_path):
    path = tmp_path / "mine.html"
    Portfolio("Mine").add(a_map()).add("A note.", title="A note").save(path)
    before = path.read_bytes()
    with pytest.raises(FileError) as error:
        Portfolio("Another").add(a_map(), reflection="Seen anew.").save(path)
    assert str(error.value) == (
        f"'{path}' holds what is not in this portfolio, or is another way there: 'A winter' and "
        "'A note'. Nothing was written. To keep both, choose another name, or begin with "
        f"read_portfolio('{path}'); to write over it: save(…, replace=True)"
    )
    assert path.read_bytes() == before
    Portfolio("Another").save(path, replace=True)
    assert len(read_portfolio(path)) == 0


@pytest.mark.parametrize("name", ["page.html", "folder/index.html"])
def test_a_page_that_is_no_portfolio_is_not_written_over(tmp_path, name):
    page = tmp_path / name
    page.parent.mkdir(exist_ok=True)
    page.write_text("<p>Somebody's page</p>")
    with pytest.raises(FileError) as error:
        Portfolio("Mine").save(page.parent if page.name == "index.html" else page)
    assert str(error.value) == (
        f"'{page}' is there already, and is no portfolio. Nothing was written. Choose another "
        "name, or write over it: save(…, replace=True)"
    )
    assert page.read_text() == "<p>Somebody's page</p>"


def test_a_file_in_the_folder_that_somebody_changed_is_not_written_over(tmp_path):
    folder = Portfolio("Mine").add("One.", title="A note").save(tmp_path / "mine")
    note = folder / "pieces" / "01-a-note.txt"
    note.write_text("Written by hand.")
    with pytest.raises(FileError) as error:
        read_portfolio(folder).add("Two.", title="Another").save(folder)
    assert str(error.value) == (
        f"'{note}' was changed by somebody, or is from elsewhere. Nothing was written. Choose "
        "another folder, or write over it: save(…, replace=True)"
    )
    assert note.read_text() == "Written by hand."
    assert len(read_portfolio(folder)) == 1


def test_what_else_lies_in_a_folder_stays_and_old_files_go(tmp_path):
    folder = (
        Portfolio("Mine").add("One.", title="One").add("Two.", title="Two").save(tmp_path / "m")
    )
    (folder / "pieces" / "holiday.jpg").write_bytes(b"a photograph")
    read_portfolio(folder).remove("One").save(folder, replace=True)
    names = {file.name for file in (folder / "pieces").iterdir()}
    assert names == {"01-two.txt", "holiday.jpg"}


# What does not go in


def test_a_private_part_stays_with_its_owner():
    for part in (cstools.check_in("How am I?"), cstools.practice_log()):
        with pytest.raises(DataError) as error:
            Portfolio().add(part)
        assert str(error.value) == (
            "this is private and stays with you: nothing of it goes into a portfolio. What you "
            'want to show of it, write as a note: portfolio.add("…")'
        )


WRONG = {
    "a number": (
        lambda: Portfolio().add(42),
        "a portfolio holds maps, models, sketches, boards, pictures such as run.plot(), "
        "exercises and notes; this is 42",
    ),
    "nothing": (
        lambda: Portfolio().add("  "),
        'this note is empty; write it like portfolio.add("What I noticed today …")',
    ),
    "a title that is no text": (
        lambda: Portfolio().add("A note.", title=3),
        "a title is text, and this is 3; write it in quotes",
    ),
    "a long title": (
        lambda: Portfolio().add("A note.", title="x" * 201),
        "this title is 201 characters long; 200 fit",
    ),
    "a reflection that is no text": (
        lambda: Portfolio().add("A note.", reflection=["a"]),
        "a reflection is text, and this is ['a']; write it in quotes",
    ),
    "no title": (
        lambda: Portfolio(" "),
        "a portfolio has a title, Portfolio(\"My systems\"); got ' '",
    ),
    "another ending": (
        lambda: Portfolio().save("mine.pdf"),
        "'mine.pdf': a portfolio is saved as .html, or into a folder",
    ),
    "no file": (
        lambda: read_portfolio("nowhere.html"),
        "'nowhere.html': there is no such file; a portfolio is a page (.html), or a folder with a "
        "page index.html in it",
    ),
}


@pytest.mark.parametrize(("wrong", "lesson"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_gets_a_lesson(wrong, lesson):
    with pytest.raises(CstoolsError) as error:
        wrong()
    assert str(error.value) == lesson


def test_the_nearest_title_is_offered(mine):
    with pytest.raises(UnknownNameError) as error:
        mine["Our stuff room"]
    assert str(error.value) == (
        "portfolio: nothing is called 'Our stuff room'; did you mean 'Our staff room'?"
    )


# A page from a stranger


def changed(tmp_path, change):
    path = Portfolio("Mine").add(a_map()).add("A note.", title="A note").save(tmp_path / "m.html")
    text = path.read_text("utf-8")
    held = re.search(r'(?s)(id="portfolio">)(.*?)(</script>)', text)
    data = json.loads(held[2])
    change(data)
    path.write_text(text.replace(held[2], json.dumps(data).replace("<", "\\u003c")), "utf-8")
    return path


def test_words_from_a_stranger_stay_words(tmp_path):
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"

    def change(data):
        data["title"] = evil
        data["pieces"][1] |= {"title": evil, "reflection": evil, "sentence": evil, "added": evil}
        data["pieces"][1]["shown"].append({"as": "text", "text": evil})

    again = read_portfolio(changed(tmp_path, change))
    page = Page(again.save(tmp_path / "again.html").read_text("utf-8"))
    assert [about.get("type") for tag, about in page.tags if tag == "script"] == [
        "application/json"
    ]
    assert not any("onerror" in about for _, about in page.tags)
    assert "<script" not in again._repr_mimebundle_()["text/html"]


def test_a_picture_from_a_stranger_is_an_image_or_nothing(tmp_path):
    def change(data):
        for address in (
            "javascript:alert(1)",
            "https://far.example/x.png",
            "data:text/html;base64,AA",
        ):
            block = {"as": "picture", "text": "A picture.", "picture": address}
            data["pieces"][1]["shown"].append(block)

    again = read_portfolio(changed(tmp_path, change))
    assert [one["as"] for one in again.pieces[1].shown] == ["text"]


def test_half_characters_and_broken_pictures_do_no_harm(tmp_path):
    def change(data):
        data["pieces"][1]["title"] = "half \ud83d"
        data["pieces"][1]["shown"].append(
            {"as": "picture", "text": "", "picture": "data:image/png;base64,AAAAA"}
        )

    again = read_portfolio(changed(tmp_path, change))
    assert again.pieces[1].title == "half ?"
    again.save(tmp_path / "again.html")
    again.save(tmp_path / "again")


def test_a_piece_that_cannot_be_read_is_told_and_the_rest_is_there(tmp_path):
    def change(data):
        data["pieces"][0] = {"form": "a spell"}

    again = read_portfolio(changed(tmp_path, change))
    assert again.told == ("Piece 1 of 'm.html' could not be read.",)
    assert [piece.title for piece in again] == ["A note"]
    with pytest.raises(FileError, match="some of it"):
        again.save(tmp_path / "m.html")


@pytest.mark.parametrize("text", ["", "<p>A page</p>", 'id="portfolio">{</script>', "\0" * 40])
def test_a_page_of_another_kind_is_no_portfolio(tmp_path, text):
    path = tmp_path / "page.html"
    path.write_text(f'<script type="application/json" {text}' if "{" in text else text)
    with pytest.raises(FileError) as error:
        read_portfolio(path)
    assert str(error.value) == (
        "'page.html' is no portfolio, or not all of one; was the file saved whole?"
    )


# Notebooks


def test_a_notebook_gives_its_pictures_and_what_is_meant_for_the_portfolio(written):
    picture = "iVBORw0KGgo="
    outputs = [
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {"text/plain": "Water rises to 200.", "image/png": picture},
        },
        {"output_type": "stream", "name": "stdout", "text": "printed"},
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {
                "text/plain": "A graph.",
                "text/html": "<script>alert(1)</script><svg "
                "xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
            },
        },
    ]
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# The bath\n\n- Goals: one"},
        {"cell_type": "markdown", "metadata": {}, "source": "## Run"},
        {"cell_type": "code", "metadata": {}, "source": "x", "outputs": outputs,
         "execution_count": 1},
        {"cell_type": "markdown", "metadata": {}, "source": "## Check-out"},
        {"cell_type": "markdown", "metadata": {},
         "source": "### For my portfolio\n\nI **saw** [it](x)."},
        {"cell_type": "markdown", "metadata": {"tags": ["portfolio"]}, "source": "And this."},
        {"cell_type": "markdown", "metadata": {}, "source": "For your portfolio: course text."},
    ]  # fmt: skip
    mine = Portfolio("Mine").add_notebook(written(cells), reflection="Long ago.")
    [piece] = mine
    assert (piece.form, piece.title, piece.reflection) == ("notebook", "The bath", "Long ago.")
    assert piece.sentence == "From the notebook 01-bath.ipynb: 2 pictures."
    assert [(one["as"], one["text"]) for one in piece.shown] == [
        ("heading", "Run"),
        ("picture", "Water rises to 200."),
        ("picture", "A graph."),
        ("heading", "Check-out"),
        ("text", "I saw it."),
        ("text", "And this."),
    ]


def test_nothing_is_taken_from_a_check_in_even_without_a_tag(written):
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# The bath"},
        {"cell_type": "markdown", "metadata": {}, "source": "## Check-in\n\nTwo minutes."},
        {"cell_type": "markdown", "metadata": {}, "source": "For my portfolio: I am tired."},
        {"cell_type": "markdown", "metadata": {}, "source": "## Check-out"},
        {"cell_type": "markdown", "metadata": {}, "source": "For my portfolio: I saw it."},
    ]
    [piece] = Portfolio("Mine").add_notebook(written(cells))
    assert [one["text"] for one in piece.shown] == ["Check-out", "I saw it."]


def test_an_empty_notebook_is_told_how_to_have_something(written):
    path = written([{"cell_type": "markdown", "metadata": {}, "source": "# The bath"}])
    with pytest.raises(DataError) as error:
        Portfolio().add_notebook(path)
    assert str(error.value) == (
        "'01-bath.ipynb' has nothing for a portfolio yet. Run it and save it, so that its "
        "pictures are in the file; or begin a text cell with the words 'For my portfolio'."
    )


def test_html_gives_its_words_and_nothing_that_runs():
    html = (
        "<style>p {}</style><script>x</script><h3>A <b>field</b></h3><p><em>Which?</em></p>"
        "<ul><li>one\nline</li><li>two</li></ul><p>said</p><p>left out</p>"
    )
    assert [(one["as"], one["text"]) for one in blocks_of(html, without=["left out"])] == [
        ("heading", "A field"),
        ("question", "Which?"),
        ("item", "one\nline"),
        ("item", "two"),
        ("text", "said"),
    ]
