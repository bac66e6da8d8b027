"""What a curve does, as one says of it what was expected, and what it does: whole phrases.

Each stands twice: as what goes on after "You expected it to …", and after "the model …".
"""

from __future__ import annotations

from cstools.languages import spoken


def phrase(what: str, present: bool, **values: object) -> str:
    """Return a phrase in the language spoken; ``present`` for what the model does."""
    return _phrases()[what][present].format(**values)


def _phrases() -> dict[str, tuple[str, str]]:
    return _plain() | _past() | {
        "up and down": (
            spoken("peak at {when} and fall"),
            spoken("peaks at {when} and falls"),
        ),
        "down and up": (
            spoken("reach a low at {when} and rise"),
            spoken("reaches a low at {when} and rises"),
        ),
        "turns, up first": (
            spoken("go up and down, turning {count} times, first at a peak at {when}"),
            spoken("goes up and down, turning {count} times, first at a peak at {when}"),
        ),
        "turns, down first": (
            spoken("go up and down, turning {count} times, first at a low at {when}"),
            spoken("goes up and down, turning {count} times, first at a low at {when}"),
        ),
    }  # fmt: skip


def _plain() -> dict[str, tuple[str, str]]:
    return {
        "level": (spoken("stay level"), spoken("stays level")),
        "up": (spoken("keep rising"), spoken("keeps rising")),
        "down": (spoken("keep falling"), spoken("keeps falling")),
        "up, settled": (spoken("rise and level off"), spoken("rises and levels off")),
        "down, settled": (spoken("fall and level off"), spoken("falls and levels off")),
    }


def _past() -> dict[str, tuple[str, str]]:
    """Return the phrases for a curve that goes past its end and comes back."""
    return {
        "up, past": (
            spoken("rise to {most} at {when}, then come back down a little"),
            spoken("rises to {most} at {when}, then comes back down a little"),
        ),
        "down, past": (
            spoken("fall to {most} at {when}, then come back up a little"),
            spoken("falls to {most} at {when}, then comes back up a little"),
        ),
        "up, past, settled": (
            spoken("rise to {most} at {when}, then come back down and level off"),
            spoken("rises to {most} at {when}, then comes back down and levels off"),
        ),
        "down, past, settled": (
            spoken("fall to {most} at {when}, then come back up and level off"),
            spoken("falls to {most} at {when}, then comes back up and levels off"),
        ),
    }
