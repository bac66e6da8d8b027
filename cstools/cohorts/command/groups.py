"""Teams and the mentors who accompany them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstools.cohorts.command.task import SEED, Task, decided, on, option, word

if TYPE_CHECKING:
    from cstools.cohorts.basics.tables import Table
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.command.desk import Desk


def _table(cohort: Cohort) -> Table:
    return cohort.teams.table()


def _loads(cohort: Cohort) -> Table:
    return cohort.teams.loads_table()


def _teams(desk: Desk) -> int:
    return desk.show(desk.cohort.teams.table(desk.given.on))


def _form(desk: Desk) -> int:
    return desk.step(lambda cohort: cohort.teams.form(), _table)


def _found(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.teams.found(given.team, *given.codes, on=given.on), _table
    )


def _move(desk: Desk) -> int:
    given = desk.given
    return desk.step(lambda cohort: cohort.teams.move(given.code, given.team, on=given.on), _table)


def _leave(desk: Desk) -> int:
    given = desk.given
    return desk.step(lambda cohort: cohort.teams.leave(given.code, on=given.on), _table)


def _site(desk: Desk) -> int:
    given = desk.given
    return desk.step(lambda cohort: cohort.teams.work_on(given.team, given.site), _table)


def _champion(desk: Desk) -> int:
    given = desk.given
    return desk.step(lambda cohort: cohort.teams.champion(given.team, given.who), _table)


def _cluster(desk: Desk) -> int:
    given = desk.given
    return desk.step(lambda cohort: cohort.teams.cluster(given.name, *given.sites), _table)


def _mentors(desk: Desk) -> int:
    teams = desk.cohort.teams
    things = [teams.loads_table()]
    if desk.cohort.groups.mentoring:
        things.append(teams.why())
    return desk.show(*things)


def _add(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.teams.mentor(
            given.id,
            site=given.site,
            languages=given.language,
            time_zone=given.zone,
            free=given.free,
            most=given.most,
        ),
        _loads,
    )


def _helpers(desk: Desk) -> int:
    given = desk.given
    planner = desk.planner_at(given.kept_in) if given.kept_in else desk.planner
    helpers = planner.load(given.earlier).helpers().without(*given.without)
    desk.show(helpers.table(desk.cohort))

    most = given.most
    return desk.step(lambda cohort: cohort.teams.invite(helpers, most=most), _loads)


def _give(desk: Desk) -> int:
    given = desk.given
    return desk.step(
        lambda cohort: cohort.teams.give_mentor(given.team, given.id, by=given.by, why=given.why),
        lambda cohort: cohort.overruled_table(),
    )


def _assign(desk: Desk) -> int:
    given, own = desk.given, not desk.given.not_own_site
    return desk.step(
        lambda cohort: cohort.teams.assign(own_site=own, seed=desk.seed, on=given.on),
        lambda cohort: cohort.teams.why(own_site=own),
        doing="finding mentors",
    )


def _end(desk: Desk) -> int:
    given = desk.given
    return desk.step(lambda cohort: cohort.teams.end_mentoring(given.id, on=given.on), _loads)


_CODE, _TEAM = word("code", metavar="CODE"), word("team", metavar="TEAM")
_NOW = option("--on", metavar="DAY", help="as they are on this day (as they are now)")
_TEAM_TASKS = (
    Task("form", "the teams that people with a seat applied with", "teams form", _form),
    Task(
        "found",
        "a new team of these people",
        'teams found "Harbour team" P-XDSG6U P-RPPWCB --on 2026-09-01',
        _found,
        options=(
            _TEAM,
            word("codes", nargs="+", metavar="CODE"),
            option("--on", metavar="DAY", help="from this day on they leave their old teams"),
        ),
    ),
    Task(
        "move",
        "somebody changes teams on a day; the past stays true",
        'teams move P-JFHRKM "Redwood team" --on 2026-09-01',
        _move,
        options=(_CODE, _TEAM, on("from this day on", required=True)),
    ),
    Task(
        "leave",
        "somebody is in no team from a day on",
        "teams leave P-PK4PIH --on 2026-08-20",
        _leave,
        options=(_CODE, on("from this day on", required=True)),
    ),
    Task(
        "site",
        "the site that a team's project is about",
        'teams site "Redwood team" "Example Redwood District"',
        _site,
        options=(_TEAM, word("site", metavar="SITE")),
    ),
    Task(
        "champion",
        "one more executive champion of a team",
        'teams champion "Cedar team" superintendent',
        _champion,
        options=(_TEAM, word("who", metavar="WHO", help="a code, or a role; never a name")),
    ),
    Task(
        "cluster",
        "sites of one district or county",
        'teams cluster "Example West County" "Example Redwood District"',
        _cluster,
        options=(word("name", metavar="CLUSTER"), word("sites", nargs="+", metavar="SITE")),
    ),
)
_MENTOR_TASKS = (
    Task(
        "add",
        "a mentor, by an id of your own",
        'mentors add M-1 --site "Example Fjord School" --language English --language Danish '
        '--zone Europe/Copenhagen --free "Mon 12-23; Tue 12-23" --most 4',
        _add,
        options=(
            word("id", metavar="ID", help="as M-1, never a name"),
            option("--site", default="", metavar="SITE", help="where they work"),
            option("--language", action="append", required=True, metavar="LANGUAGE"),
            option("--zone", required=True, metavar="ZONE", help="as Europe/Copenhagen"),
            option("--free", required=True, metavar="HOURS", help="as 'Mon 16-18; Wed 9-11'"),
            option("--most", type=int, metavar="N", help="the most teams they take"),
        ),
        about="Write --language once for each. The same id again has the earlier answers replaced.",
    ),
    Task(
        "from",
        "the helpers of an earlier run who agreed to be mentors",
        'mentors from "Class of 2025-2026"',
        _helpers,
        options=(
            word("earlier", metavar="COHORT", help="the name of the earlier cohort"),
            option("--kept-in", metavar="PLACE", help="another planner that it is kept in"),
            option("--most", type=int, metavar="N", help="the most teams that each takes"),
            option(
                "--without",
                action="extend",
                nargs="+",
                default=[],
                metavar="CODE",
                help="helpers who are no mentors this time, by their codes in the earlier cohort",
            ),
        ),
    ),
    Task(
        "give",
        "a team's mentor as you decide",
        'mentors give "Redwood team" M-3 --by "programme director" --why "they meet in halves"',
        _give,
        options=(_TEAM, word("id", metavar="ID"), *decided()),
        about="'mentors assign' comes next.",
    ),
    Task(
        "assign",
        "a mentor for every team that can have one, loads even",
        "mentors assign --seed 2026",
        _assign,
        options=(
            SEED,
            option("--on", metavar="DAY", help="from this day on; who accompanies a team stays"),
            option("--not-own-site", action="store_true", help="nobody has a team of the own site"),
        ),
    ),
    Task(
        "end",
        "a mentor stops on a day",
        "mentors end M-2 --on 2027-01-10",
        _end,
        options=(word("id", metavar="ID"), on("from this day on", required=True)),
        about="'mentors assign --on' fills the gap.",
    ),
)
TASKS = (
    Task(
        "teams", "teams, their sites and champions", "teams", _teams, "cohort", (_NOW,), _TEAM_TASKS
    ),
    Task(
        "mentors",
        "who accompanies which team, and why",
        "mentors",
        _mentors,
        "cohort",
        (),
        _MENTOR_TASKS,
    ),
)
