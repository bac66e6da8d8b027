"""A drawing becomes an image that carries it whole: its width, its words, its lines."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Any
from xml.etree import ElementTree

import pytest

from cstools.facets.others import classroom_coupling
from cstools.widgets.as_images import as_images

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
SQUARE = (
    f'<svg {XMLNS} role="img" aria-label="A &quot;square&quot; > 3" style="max-width:100%" '
    'viewBox="0 0 30 40" width="30pt" height="40pt"><!-- a note -->\n <path class="line" '
    'd="M 1.23456 -2.98765\nL 3 4.5"/><g transform="scale(0.0125)"/></svg>'
)
IMAGE = re.compile(r'<img (.*?) src="data:image/svg\+xml;base64,([^"]+)">')


def read(html: str) -> tuple[str, str]:
    """Return an image's attributes, and the drawing in it."""
    [(attributes, data)] = IMAGE.findall(html)
    return attributes, b64decode(data).decode()


def test_an_image_keeps_width_words_and_look_of_its_drawing() -> None:
    html = as_images(f"<figure>{SQUARE}<p>Said.</p></figure>")
    assert IMAGE.sub("", html) == "<figure><p>Said.</p></figure>"
    attributes, _ = read(html)
    assert attributes == ('alt="A &quot;square&quot; > 3" width="40" style="max-width:100%"')


def test_the_drawing_in_an_image_has_fewer_letters_and_the_same_lines() -> None:
    _, drawing = read(as_images(SQUARE))
    assert drawing == (
        f'<svg {XMLNS} viewBox="0 0 30 40" width="30pt" height="40pt">'
        '<path class="line" d="M 1.23 -2.99 L 3 4.5"/><g transform="scale(0.0125)"/></svg>'
    )


def test_a_drawing_in_the_colours_of_its_page_gets_white_paper() -> None:
    page_coloured = SQUARE.replace('class="line"', 'fill="currentColor"')
    _, drawing = read(as_images(page_coloured))
    assert '<rect x="0" y="0" width="30" height="40" fill="#ffffff"/><path' in drawing


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg><path/></svg>",  # of no name space: a file of its own would show nothing
        f'<svg {XMLNS} aria-hidden="true"></svg>',  # an ornament, which nobody is to hear of
        f"<svg {XMLNS}>&nbsp;</svg>",
        f"<svg {XMLNS}><svg></svg></svg>",
    ],
)
def test_an_ornament_and_what_could_not_stand_alone_stay_as_they_are(drawing: str) -> None:
    assert as_images(f"<p>{drawing}</p>") == f"<p>{drawing}</p>"


@pytest.mark.parametrize("part", ["explore", "edit", "play"])
def test_the_pictures_of_the_parts_become_images(part: str) -> None:
    model = classroom_coupling()
    made: Any = getattr(model if part == "explore" else model.causal_loops(), part)()
    still = as_images(made.stays()[1])
    attributes, drawing = read(still)
    assert "<svg" not in still
    assert len(attributes.split('"')[1]) > 20  # the text alternative
    assert ElementTree.fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"
