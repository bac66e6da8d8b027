"""What stands in the place of a message in a language, and which sets and notebooks have it."""

from __future__ import annotations

from cstools.errors import DataError, unknown_name
from cstools.languages import SOURCE, catalogue, languages
from cstools.learning.translation.prose import Say


def said_in(language: str, name: str) -> Say:
    """Return what translates by the catalogue ``name``, and by that of the package after it.

    A message that neither has stays English.

    Raises
    ------
    UnknownNameError
        When there are no catalogues in the language.
    DataError
        When there is none of that name.
    """
    if language not in languages():
        raise unknown_name(language, languages(), "languages")
    own, general = catalogue(language, name), catalogue(language, "package")
    if not own:
        raise DataError(
            f"'{name}' is not translated into '{language}' yet; leave the language out for "
            f"English, or begin its translation: cstools translate begin {language} {name}"
        )

    def say(message: str, context: str = "", note: str = "") -> str:
        return own.get((context, message)) or general.get((context, message)) or message

    return say


def languages_of(name: str) -> tuple[str, ...]:
    """Return the languages in which a notebook or a set can be read, English first."""
    return tuple(one for one in languages() if one == SOURCE or catalogue(one, name))
