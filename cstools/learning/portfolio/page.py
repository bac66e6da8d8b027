"""A portfolio as one HTML page: it opens by a double click, and needs no network and no script.

Contents first, then the pieces in their order. It is read on a telephone, in the dark, aloud, and
on paper. What it was made from lies in the page as well, so that it can be read again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Any

from cstools.learning.portfolio.blocks import Block
from cstools.learning.portfolio.pieces import FORMS, Piece

HELD = '<script type="application/json" id="portfolio">'


def page_html(title: str, told: str, pieces: Sequence[Piece], data: Mapping[str, Any]) -> str:
    """Return a whole page; ``data`` is what :func:`read_portfolio` reads from it."""
    contents = "".join(_entry(number, piece) for number, piece in enumerate(pieces, start=1))
    articles = "".join(_article(number, piece) for number, piece in enumerate(pieces, start=1))
    listed = (
        f'<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>{contents}</ol></nav>'
        if pieces
        else ""
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#pieces">To the first piece</a>\n'
        f'<header><h1 dir="auto">{escape(title)}</h1><p>{escape(told)}</p>{listed}</header>\n'
        f'<main id="pieces" tabindex="-1">{articles}</main>\n'
        f"{HELD}{_quoted(data)}</script>\n</body>\n</html>\n"
    )


def blocks_html(shown: Sequence[Block]) -> str:
    """Return blocks as HTML; points that follow one another are one list."""
    parts = []
    for way, group in groupby(shown, key=lambda one: one["as"]):
        made = "".join(_block(one) for one in group)
        parts.append(f"<ul>{made}</ul>" if way == "item" else made)
    return "".join(parts)


def _entry(number: int, piece: Piece) -> str:
    title = f'<a href="#piece-{number}" dir="auto">{escape(piece.title)}</a>'
    return f"<li>{title} <span class='form'>{FORMS[piece.form]}</span></li>"


def _article(number: int, piece: Piece) -> str:
    name = f"piece-{number}"
    # The sentence stands under the picture that it is the sentence of.
    captions = {one["text"] for one in piece.shown if one["as"] == "picture"}
    told = piece.sentence if piece.sentence not in captions else ""
    return (
        f'<article id="{name}" aria-labelledby="{name}-title" class="{piece.form}">'
        f'<p class="form">{number} · {FORMS[piece.form]}{_day(piece.added)}</p>'
        f'<h2 id="{name}-title" dir="auto">{escape(piece.title)}</h2>'
        f"{_paragraph(told, 'told')}{_body(piece)}{_reflection(piece.reflection)}</article>\n"
    )


def _body(piece: Piece) -> str:
    """Return what is seen of a piece; each field of a board in a box of its own."""
    if piece.form != "board":
        return blocks_html(piece.shown)
    fields: list[list[Block]] = []
    for one in piece.shown:
        if one["as"] == "heading":
            fields.append([])
        if not fields:
            fields.append([])
        fields[-1].append(one)
    after: list[Block] = []
    if fields and len(fields[-1]) > 1 and fields[-1][-1]["as"] == "text":
        after.append(fields[-1].pop())  # where the board is from
    boxes = "".join(f'<div class="field">{blocks_html(one)}</div>' for one in fields)
    kind = (piece.source or {}).get("kind")
    square = " mandala" if kind == "mandala" and len(fields) == 5 else ""
    return f'<div class="fields{square}">{boxes}</div>{_paragraph(*_texts(after), "from")}'


def _texts(blocks: Sequence[Block]) -> tuple[str]:
    return (" ".join(one["text"] for one in blocks),)


def _reflection(text: str) -> str:
    if not text:
        return ""
    parts = "".join(f'<p dir="auto">{escape(part.strip())}</p>' for part in text.split("\n\n"))
    return f'<div class="reflection"><h3>What I think about it</h3>{parts}</div>'


def _block(one: Block) -> str:
    text = escape(one["text"])
    if one["as"] == "picture":
        image = f'<img alt="{text}" src="{escape(one["picture"])}">'
        return f'<figure>{image}<figcaption dir="auto">{text}</figcaption></figure>'
    name = {"heading": "h3", "item": "li"}.get(one["as"], "p")
    inner = f"<em>{text}</em>" if one["as"] == "question" else text
    return f'<{name} dir="auto">{inner}</{name}>'


def _paragraph(text: str, name: str) -> str:
    return f'<p class="{name}" dir="auto">{escape(text)}</p>' if text else ""


def _day(added: str) -> str:
    try:
        day = date.fromisoformat(added)
    except ValueError:
        return ""
    return f" · {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _quoted(data: Mapping[str, Any]) -> str:
    """Return JSON that cannot end the script element it stands in."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")


# Not the machine's own names of months: a page is in one language.
_MONTHS = (
    "January February March April May June July August September October November December".split()
)

_STYLE = """
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1f2933; --soft: #52606d;
  --line: #c3ccd5; --box: #f3f6f9; --link: #0b5c99; --mark: #0072b2; }
@media (prefers-color-scheme: dark) { :root { --paper: #14191e; --ink: #e8ecf0; --soft: #a9b4bf;
  --line: #46525e; --box: #1d252d; --link: #8cc7f2; --mark: #56b4e9; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.2rem clamp(1rem, 4vw, 3rem) 4rem; background: var(--paper);
  color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main { max-width: 52rem; margin: 0 auto; }
main:focus { outline: none; }
h1 { font-size: clamp(1.7rem, 5vw, 2.4rem); line-height: 1.2; margin: .6em 0 .2em; }
h2 { font-size: 1.45rem; line-height: 1.25; margin: .1em 0 .5em; }
h3 { font-size: 1.0625rem; margin: 1.2em 0 .2em; }
a { color: var(--link); }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .4rem .8rem; background: var(--paper);
  border: 2px solid var(--mark); }
.form, .from { color: var(--soft); font-size: .875rem; }
nav { margin: 1.5rem 0; padding: .9rem 1.2rem; background: var(--box);
  border-radius: 6px; }
nav h2 { font-size: 1.0625rem; margin: 0 0 .3em; }
nav ol { margin: 0; padding-inline-start: 1.6em; }
nav li { padding: .15em 0; }
nav .form::before { content: "· "; }
article { border-top: 1px solid var(--line); margin-top: 2.6rem; padding-top: 1.4rem;
  scroll-margin-top: .5rem; }
article > .form { margin: 0; }
p, li { max-width: 70ch; white-space: pre-line; margin: .5em 0; }
ul { padding-inline-start: 1.3em; margin: .4em 0; }
figure { margin: 1rem 0; }
img { display: block; max-width: 100%; height: auto; background: #ffffff; border-radius: 4px;
  padding: 6px; }
figcaption { color: var(--soft); font-size: .9375rem; line-height: 1.5; margin-top: .5em;
  max-width: 70ch; }
.fields { border: 1px solid var(--line); border-radius: 6px; }
.field { padding: .8rem 1.1rem; }
.field + .field { border-top: 1px solid var(--line); }
.field h3 { margin-top: 0; }
.field em { color: var(--soft); }
.reflection { border-inline-start: 4px solid var(--mark); background: var(--box);
  padding: .7rem 1.1rem; margin: 1.2rem 0; border-radius: 0 6px 6px 0; }
.reflection h3 { margin: 0; }
@media (min-width: 44rem) {
  .mandala { display: grid; grid-template-columns: 1fr 1fr; gap: .7rem; border: 0; }
  .mandala .field, .mandala .field + .field { border: 1px solid var(--line); border-radius: 6px; }
  .mandala .field:first-child { grid-column: 1 / -1; border: 2px solid var(--mark); }
}
@page { margin: 18mm; }
@media print {
  :root { color-scheme: light; --paper: #ffffff; --ink: #000000; --soft: #333333; --line: #999999;
    --box: #ffffff; --link: #000000; --mark: #000000; }
  body { padding: 0; font-size: 11pt; }
  nav { border: 1px solid var(--line); }
  nav a { text-decoration: none; }
  .skip { display: none; }
  h2, h3, article > .form, .told { break-after: avoid; }
  figure, .field, .reflection, li { break-inside: avoid; }
  img { max-height: 200mm; padding: 0; }
}
"""
