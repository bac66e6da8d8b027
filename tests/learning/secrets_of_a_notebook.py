"""A notebook with a secret in every place of its private cells, and a search that finds them."""

import re
from base64 import b64decode, b64encode
from html import unescape

TAGS = {
    "as it is meant": ["private"],
    "beside others": ["nbval-ignore-output", "private"],
    "in other case": ["Private"],
    "with spaces": ["  PRIVATE "],
    "with a mark": ["#private"],
    "with more words": ["private-notes"],
    "with a sign that nobody sees": ["pri\u00advate\u200b"],
    "in wide letters": ["ｐｒｉｖａｔｅ"],
    "in a list within a list": [["other", ["private"]]],
    "as one text": "private",
    "as one text of several words": "core, private",
}

PUBLIC = "Everybody may read this."


def picture(text):
    return b64encode(f"\x89PNG\r\n\x1a\n{text}".encode("latin-1")).decode()


def markdown(source, identity, **more):
    return {"cell_type": "markdown", "id": identity, "metadata": {}, "source": source, **more}


def code(source, identity, *outputs):
    return {
        "cell_type": "code",
        "id": identity,
        "metadata": {},
        "source": source,
        "execution_count": 1,
        "outputs": list(outputs),
    }


def shown(**data):
    kinds = {name.replace("_", "/").replace("X", "+"): text for name, text in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": kinds}


def printed(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def own_words(tags):
    """A text cell, meant for the portfolio by its words and yet private, with an attachment."""
    return {
        **markdown(
            "For my portfolio: zebra-in-a-text\n\n![](attachment:mine.png)",
            "own",
            attachments={"mine.png": {"image/png": picture("zebra-in-an-attachment, a long one")}},
        ),
        "metadata": {"tags": tags, "note": "zebra-in-the-metadata"},
    }


def own_code(tags):
    still = '<div class="cs-still"><p>zebra-in-a-still</p></div>'
    return {
        **code(
            'feeling = "zebra-in-a-quoted-word"\n'
            'def tell(): raise ValueError("no")  # zebra-in-code',
            "feeling",
            printed("zebra-that-was-printed\n"),
            shown(
                text_plain="zebra-in-a-result", image_png=picture("zebra-in-a-picture, quite long")
            ),
            shown(text_html=still, text_plain="zebra-in-a-sentence"),
            shown(text_html=f'<img src="data:image/png;base64,{picture("zebra-in-html")}">'),
            shown(image_svgXxml="<svg xmlns='http://www.w3.org/2000/svg'>zebra-in-a-drawing</svg>"),
            {
                "output_type": "error",
                "ename": "ValueError",
                "evalue": "zebra-in-an-error",
                "traceback": ["zebra-in-a-traceback"],
            },
        ),
        "metadata": {"tags": tags, "other": {"nested": [["zebra-deep-in-the-metadata"]]}},
    }


def copies(cell):
    """The same words in a cell that has lost its tag, its id and its place."""
    return {**cell, "id": f"{cell['id']}-copy", "metadata": {}}


def repeating():
    """A public cell whose results repeat lines of the private one."""
    line = 'feeling = "zebra-in-a-quoted-word"'
    return code(
        "tell()",
        "public",
        printed("zebra-in-a-quoted-word\n"),
        printed(f"['', {line!r}]\n"),
        shown(text_html=f"<pre>{line.replace(chr(34), '&quot;')}</pre>", text_plain=line),
        {
            "output_type": "error",
            "ename": "ValueError",
            "evalue": "no",
            "traceback": [
                "\x1b[0;32m 2\x1b[0m def tell(): raise",
                "\x1b[31m# zebra-in-code\x1b[0m",
            ],
        },
    )


def public():
    drawn = picture("everybody may see this")
    return [
        markdown("# A week\n\n- Goals: one", "title"),
        markdown("## Run", "run"),
        code("1 + 1", "sum", shown(text_plain=PUBLIC, image_png=drawn), printed("2\n")),
    ]


def notebook(*private):
    """A notebook with these cells among public ones, and the state of their widgets."""
    first, heading, last = public()
    state = {"state": {"m1": {"state": {"value": "zebra-in-a-widget"}}}, "version_major": 2}
    return {
        "cells": [first, *private[:1], heading, *private[1:], repeating(), last],
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "widgets": {"application/vnd.jupyter.widget-state+json": state},
            "history": {"lines": [['feeling = "zebra-in-a-quoted-word"']]},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def secrets_in(content):
    """Return the secrets that are found, also in what is packed as base64 or in HTML."""
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    found = set(re.findall(r"zebra-[a-z-]+[a-z]", unescape(text)))
    for packed in re.findall(r"[A-Za-z0-9+/]{24,}={0,2}", text):
        inner = b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8", "replace")
        if inner != text and "zebra" in inner:
            found |= set(re.findall(r"zebra-[a-z-]+[a-z]", inner))
    return found
