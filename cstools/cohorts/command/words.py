"""Messages are written for notebooks; here they name the command that does the same."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cstools.cohorts.basics.ways import WAYS, hints_in_commands

if TYPE_CHECKING:
    from cstools.cohorts.basics.tables import Table

# Whole calls first, since they hold words of the shorter ones.
_CALLS = (
    (
        r'overrule\("eligible", "(.+?)", by=".*?", why=".*?"\)',
        r"'cstools plan overrule eligible \1 --by … --why …'",
    ),
    (
        r"With a reason they are written with their names into a file that you fill; or you answer "
        r"mark by mark \(in the diary: 'answer guests'\)\.",
        "'cstools plan guests write --out guests.xlsx --names-for …' writes them with their names "
        "for you to answer; 'cstools plan guests answer guests.xlsx' reads your answers.",
    ),
    (r"assign_panels\(unit='person'\)", "'panels assign --unit person'"),
    (r"assign_panels\(week=date\(2027, 7, 5\)\)", "'panels assign --week 2027-07-05'"),
    (r"call_hours\(faculty=\['America/New_York'\]\)", "'--faculty America/New_York'"),
    (r"call_hours\('name of the series'\)", "--series and its name"),
    (r"with reissue\(name=…\)", "with 'certificates reissue --name-from'"),
    (r'as (?:select|withdraw)\(…, on="(.+?)"\)', r"as --on \1"),
    (r"reveal\('letters of admission'\)", '--names-for "letters of admission"'),
    (r'teams\.found\("name of the team", …codes\)', "'teams found' and its name and codes"),
    (r'teams\.mentor\("M-1", …\)', "'mentors add M-1'"),
    (r"paying\.fund\('20000.00'\)", "'tuition fund 20000.00'"),
    (r"paying\.in_order\((.*?)\)", r"'tuition order' and, in your order, \1"),
    (
        r'enrol\(read_applications\("applications.xlsx"\)\)',
        "'cstools plan enrol applications.xlsx'",
    ),
    (r"invite\(earlier\.helpers\(\)\)", "'mentors from' and the name of the earlier cohort"),
    (r"sign\(…, slip=True\)", "'review sign' with --slip"),
    (r"as invite\(helpers\.without\(.*?\)\)", "with '--without' and their codes"),
    (r"faculty\('F-1', …\)", "'faculty add F-1'"),
    (r"among the changes since\b", "in 'changes', beside a copy from before"),
    (
        r"since the zone database changed\.",
        "since the zone database changed; 'calendar moved' lists them.",
    ),
    (r"\b(\d+), each with its role and reason", r"\1; 'decisions' shows them"),
    (
        r"keep the earlier one under a name of its own, or load it from the planner, and write "
        r"changes_since\(earlier\)",
        "name the folder of a planner after 'changes'",
    ),
    (r"Nothing is written yet; saving does it\.", "Nothing is written yet."),
    (r"; with going_back=True it is saved all the same$", ""),
)
# Methods that no diary has as a step.
_BESIDE = {
    "overrule": "overrule",
    "verify": "seats check",
    "check_applications": "check",
    "letters": "letters",
    "decide": "decide",
    "overruled_table": "decisions",
    "invite": "mentors from",
    "moved_table": "calendar moved",
    "attend": "attend",
    "guests": "guests",
    "hand_in": "review hand-in",
    "sign": "review sign",
    "consent": "review consent",
}
_METHODS = {way.method.rpartition(".")[2]: way.command for way in WAYS.values()} | _BESIDE
_DOORS = "paying|pairing|teams|following|reviewing|certificates"
_METHOD = re.compile(rf"\b(?:(?:{_DOORS})\.)?({'|'.join(_METHODS)})\(\)")
_OPTIONS = {
    "by": "--by",
    "why": "--why",
    "call": "--call",
    "zone": "--zone",
    "time_zone": "--zone",
    "fonts": "--font",
    "names_for": "--names-for",
    "approved_by": "--approved-by",
    "date_order": "--date-order",
    "day": "--on",
    "amount": "an amount",
    "percent": "a share with %",
}
_OPTION = re.compile(rf"\b({'|'.join(_OPTIONS)})=(\[?[\"'“].*?[\"'”]\]?|…|\d+)(?=[\s,;.?)]|$)")
_BEFORE = re.compile(
    "|".join((*(pattern for pattern, _ in _CALLS), _METHOD.pattern, "in the diary", r"\w="))
)


def in_commands(text: str) -> str:
    """Return a message with commands and options where it names methods and arguments."""
    if not _BEFORE.search(text):
        return text
    for pattern, command in _CALLS:
        text = re.sub(pattern, command, text)
    text = hints_in_commands(text)
    text = _METHOD.sub(lambda found: f"'{_METHODS[found[1]]}'", text)
    return _OPTION.sub(_option, text)


def _option(found: re.Match[str]) -> str:
    name, value = _OPTIONS[found[1]], found[2].strip("[]")
    return name if not name.startswith("--") else f"{name} {value}"


def table_in_commands(table: Table) -> Table:
    """Return a table whose cells and notes name commands."""
    rows = tuple(tuple(in_commands(cell) for cell in row) for row in table.rows)
    return replace(table, rows=rows, notes=tuple(in_commands(note) for note in table.notes))
