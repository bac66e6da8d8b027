"""Certificates: issued, looked at before they are written, written, issued anew, and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.command.task import Task, names_for, on, option, out, word
from cstools.errors import DataError, FileError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.command.desk import Desk


def _held(cohort: Cohort) -> object:
    return cohort.certificates


def _certificates(desk: Desk) -> int:
    return desk.show(desk.cohort.certificates)


def _issue(desk: Desk) -> int:
    title = desk.given.title
    return desk.step(lambda cohort: cohort.certificates.issue(on=desk.day(), title=title), _held)


def _proof(desk: Desk) -> int:
    given = desk.given
    with desk.working("looking at every certificate"):
        proof = desk.cohort.certificates.proof(given.words, paper=given.paper, fonts=given.font)
    desk.show(proof)
    return 0 if all(row[2].startswith("fits") for row in proof.rows) else 1


def _write(desk: Desk) -> int:
    given = desk.given
    with desk.working("writing certificates") as progress:
        paths = desk.cohort.certificates.write(
            Path(given.out),
            given.words,
            names_for=desk.reason(),
            ids=given.ids,
            paper=given.paper,
            fonts=given.font,
            names_in_files=given.names_in_files,
            progress=progress,
        )
    many = "1 certificate" if len(paths) == 1 else f"{len(paths)} certificates"
    desk.say(f"wrote {many} in {given.out}; they have names on them")
    return 0


def _reissue(desk: Desk) -> int:
    given = desk.given
    name = _first_line(Path(given.name_from)) if given.name_from else ""
    return desk.step(
        lambda cohort: cohort.certificates.reissue(
            given.id, on=desk.day(), why=given.why, name=name, title=given.title
        ),
        _held,
    )


def _verify(desk: Desk) -> int:
    from cstools.cohorts import verify_certificate

    found = verify_certificate(desk.planner, desk.given.certificate)
    desk.say(repr(found))
    return 0 if found.status == "valid" else 1


def _first_line(path: Path) -> str:
    """Return the name that a file holds: on a command line it would stay in the shell's history.

    Raises
    ------
    FileError, DataError
        When it cannot be read, or holds something else than one line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        raise FileError(f"'{path.name}' cannot be read as a text file with one name") from None
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) != 1:
        raise DataError(f"'{path.name}' has {len(filled)} lines; write the new name in one line")
    return filled[0]


_LOOKS = (
    option("--words", metavar="FILE", help="a TOML file with what stands on them: issuer, place …"),
    option("--paper", choices=("A4", "letter"), default="A4", help="A4 (the usual) or letter"),
    option(
        "--font",
        action="append",
        default=[],
        metavar="FILE",
        help="a TrueType file for letters that the packaged fonts lack",
    ),
)
_TITLE = option("--title", default="", metavar="TITLE", help="what is certified (the usual title)")
_UNDER = (
    Task(
        "issue",
        "one for everybody who is certified and has none",
        "certificates issue --on 2027-07-12",
        _issue,
        options=(on("the day that stands on them"), _TITLE),
    ),
    Task(
        "proof",
        "whether each can be written, before any is",
        "certificates proof --words words.toml",
        _proof,
        "cohort",
        _LOOKS,
    ),
    Task(
        "write",
        "write them as PDF, one file each",
        'certificates write --out certificates --names-for "the certificates themselves"',
        _write,
        "cohort",
        (
            word("ids", nargs="*", metavar="ID", help="these alone (all that are valid)"),
            out("where they are written", metavar="FOLDER"),
            names_for(required=True),
            *_LOOKS,
            option("--names-in-files", action="store_true", help="names in the files' names too"),
        ),
    ),
    Task(
        "reissue",
        "one that supersedes an earlier one",
        'certificates reissue C-AAAA-BBBB-CCCC-DDDD --on 2027-08-02 --why "a changed name" '
        "--name-from name.txt",
        _reissue,
        options=(
            word("id", metavar="ID"),
            on("the day that stands on it"),
            option(
                "--why", required=True, metavar="REASON", help="the reason, kept with the names"
            ),
            option("--name-from", metavar="FILE", help="a text file with the changed name"),
            _TITLE,
        ),
        about="The earlier id still verifies, as superseded.",
    ),
)
TASKS = (
    Task(
        "certificates",
        "the certificates, by id and code",
        "certificates",
        _certificates,
        "cohort",
        (),
        _UNDER,
    ),
    Task(
        "verify",
        "whether a certificate's id is valid",
        "verify C-AAAA-BBBB-CCCC-DDDD",
        _verify,
        "planner",
        (word("certificate", metavar="ID"),),
        about="Every cohort of the planner is asked; a copy without names answers too.",
    ),
)
