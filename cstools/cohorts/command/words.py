"""Messages are written for notebooks; here they name the command that does the same."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cstools.cohorts.basics.tables import Table

# Whole calls first, since they hold words of the shorter ones.
_CALLS = (
    (
        r'write overrule\("eligible", "(.+?)", by=".*?", why=".*?"\), or "not eligible", with '
        r"every code; then select",
        r"write 'cstools plan overrule eligible \1 --by … --why …', or not-eligible, with every "
        "code; then 'cstools plan select'",
    ),
    (
        r'overrule\("eligible", "(.+?)", by=".*?", why=".*?"\)',
        r"'cstools plan overrule eligible \1 --by … --why …'",
    ),
    (
        r'write_guests\("guests.xlsx", names_for=".*?"\)',
        "'cstools plan guests write --out guests.xlsx --names-for …'",
    ),
    (r'answer_guests\("guests.xlsx"\)', "'cstools plan guests answer guests.xlsx'"),
    (r"with_faculty\(\), then assign_panels\(\)", "'faculty add', then 'panels assign'"),
    (r"assign_panels\(unit='person'\)", "'panels assign --unit person'"),
    (r"assign_panels\(week=date\(2027, 7, 5\)\)", "'panels assign --week 2027-07-05'"),
    (r"call_hours\(faculty=\['America/New_York'\]\)", "'--faculty America/New_York'"),
    (r"call_hours\('name of the series'\)", "--series and its name"),
    (r"with reissue\(name=…\)", "with 'certificates reissue --name-from'"),
    (r"reveal\('letters of admission'\)", '--names-for "letters of admission"'),
    (r'teams\.found\("name of the team", …codes\)', "'teams found' and its name and codes"),
    (r'teams\.mentor\("M-1", …\)', "'mentors add M-1'"),
    (r"paying\.fund\('20000.00'\)", "'tuition fund 20000.00'"),
    (r"paying\.in_order\((.*?)\)", r"'tuition order' and, in your order, \1"),
    (r"counting\(share=…\)", "'attendance rules --share'"),
    (r"counting\(team=…\)", "'attendance rules --team'"),
    (r"counting\(check_ins=…\)", "'attendance rules --check-ins'"),
    (
        r'enrol\(read_applications\("applications.xlsx"\)\)',
        "'cstools plan enrol applications.xlsx'",
    ),
    (r"invite\(earlier\.helpers\(\)\)", "'mentors from' and the name of the earlier cohort"),
    (r"faculty\('F-1', …\)", "'faculty add F-1'"),
    (r"in changes_since\(earlier\)", "in 'changes', beside a copy from before"),
    (
        r"keep the earlier one under a name of its own, or load it from the planner, and write "
        r"changes_since\(earlier\)",
        "name the folder of a planner after 'changes'",
    ),
    (r"Nothing is written yet; save\(cohort\) does it\.", "Nothing is written yet."),
)
_METHODS = {
    "select": "select",
    "overrule": "overrule",
    "take_back": "take-back",
    "fill": "fill",
    "verify": "seats check",
    "letters": "letters",
    "decide": "decide",
    "overruled_table": "decisions",
    "fund": "tuition fund",
    "in_order": "tuition order",
    "grant": "tuition grant",
    "pair_buddies": "buddies pair",
    "again": "buddies again",
    "wish": "buddies wish",
    "forbid": "buddies forbid",
    "freeze": "buddies freeze",
    "not_again": "buddies not-again",
    "form": "teams form",
    "found": "teams found",
    "move": "teams move",
    "leave": "teams leave",
    "work_on": "teams site",
    "champion": "teams champion",
    "cluster": "teams cluster",
    "mentor": "mentors add",
    "invite": "mentors from",
    "give_mentor": "mentors give",
    "assign": "mentors assign",
    "end_mentoring": "mentors end",
    "moved_table": "calendar moved",
    "attend": "attend",
    "counting": "attendance rules",
    "count_as": "attendance count-as",
    "guests": "guests",
    "answer_guests": "guests answer",
    "with_faculty": "faculty add",
    "declare": "faculty declare",
    "assign_panels": "panels assign",
    "put_on_panel": "panels put-on",
    "keep_off_panel": "panels keep-off",
    "hand_in": "review hand-in",
    "sign": "review sign",
    "consent": "review consent",
    "issue": "certificates issue",
    "reissue": "certificates reissue",
}
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
    "amount": "an amount",
    "percent": "a share with %",
}
_OPTION = re.compile(rf"\b({'|'.join(_OPTIONS)})=(\[?[\"'“].*?[\"'”]\]?|…|\d+)(?=[\s,;.?)]|$)")
_BEFORE = re.compile("|".join((*(pattern for pattern, _ in _CALLS), _METHOD.pattern, r"\w=")))


def in_commands(text: str) -> str:
    """Return a message with commands and options where it names methods and arguments."""
    if not _BEFORE.search(text):
        return text
    for pattern, command in _CALLS:
        text = re.sub(pattern, command, text)
    text = _METHOD.sub(lambda found: f"'{_METHODS[found[1]]}'", text)
    return _OPTION.sub(_option, text)


def _option(found: re.Match[str]) -> str:
    name, value = _OPTIONS[found[1]], found[2].strip("[]")
    return name if not name.startswith("--") else f"{name} {value}"


def table_in_commands(table: Table) -> Table:
    """Return a table whose cells and notes name commands."""
    rows = tuple(tuple(in_commands(cell) for cell in row) for row in table.rows)
    return replace(table, rows=rows, notes=tuple(in_commands(note) for note in table.notes))
