"""What ``cstools plan`` says of itself: every task's help, its example, and what is typed wrong."""

import ast
import re
import shlex
from pathlib import Path

import pytest

import cstools.cohorts
from cstools.__main__ import main
from cstools.cohorts.command.every_task import GROUPS
from cstools.cohorts.command.parser import plan_parser
from cstools.cohorts.command.words import in_commands

WING = Path(cstools.cohorts.__file__).parent


def every_task(tasks, before=()):
    for task in tasks:
        yield (*before, task.name), task
        yield from every_task(task.tasks, (*before, task.name))


TASKS = dict(every_task([task for tasks in GROUPS.values() for task in tasks]))


def plan(*words):
    """Return the exit code, also where reading the words ends the program."""
    try:
        return main(["plan", *words])
    except SystemExit as ended:
        return ended.code


def test_without_a_task_all_are_listed_in_the_order_of_the_year(capsys):
    assert plan() == 0
    listed = capsys.readouterr().out
    parts = re.findall(r"^([a-z][a-z ]+):$", listed, re.MULTILINE)
    assert parts[:3] == ["before there is a cohort", "applications", "seats"]
    assert parts[:-1] == list(GROUPS)
    assert re.findall(r"^  ([a-z-]+)  ", listed, re.MULTILINE) == [n[0] for n in TASKS if not n[1:]]
    assert "exit code: 0 done; 1 done, and the answer is no" in listed
    assert plan("--help") == 0
    assert capsys.readouterr().out == listed


def test_a_line_of_the_list_fits_a_usual_terminal(capsys):
    plan()
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


@pytest.mark.parametrize("name", TASKS, ids=" ".join)
def test_every_task_has_help_with_an_example_that_is_understood(name, capsys):
    assert plan(*name, "--help") == 0
    shown = capsys.readouterr().out
    example = TASKS[name].example
    assert f"example:\n  cstools plan {example}\n" in shown
    assert "exit code: 0 done" in shown
    words = shlex.split(example)
    assert tuple(words[: len(name)]) == name
    assert plan_parser(GROUPS).parse_args(words).task is TASKS[name]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["selct"],
            "'cstools plan' has no task 'selct'; did you mean 'select' or 'seats'? 'cstools plan "
            "--help' lists them\n",
        ),
        (["zzzz"], "'cstools plan' has no task 'zzzz'; 'cstools plan --help' lists them\n"),
        (
            ["buddies", "agan"],
            "'cstools plan buddies' has no task 'agan'; did you mean 'again' or 'not-again'? "
            "'cstools plan buddies --help' lists them\n",
        ),
    ],
)
def test_an_unknown_task_is_answered_with_the_nearest(words, told, capsys):
    assert plan(*words) == 2
    assert capsys.readouterr().err == told


def test_a_word_that_is_left_over_is_answered_with_an_example(capsys):
    assert plan("letters", "letters.xlsx") == 2
    assert capsys.readouterr().err == (
        "'letters.xlsx' is not understood there; an example is 'cstools plan "
        f"{TASKS[('letters',)].example}', and with --help the task tells all its options\n"
    )


def test_what_is_missing_is_said(capsys):
    assert plan("withdraw", "P-AAAAAA") == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert told == "cstools plan withdraw: error: the following arguments are required: --why"


def test_where_no_planner_is_known_it_is_asked_for(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CSTOOLS_PLANNER", raising=False)
    assert plan("seats") == 2
    assert capsys.readouterr().err == (
        "which planner? write --planner and its folder or address, or set CSTOOLS_PLANNER, or go "
        "to the folder that 'planner' is in; 'cstools plan new' makes one\n"
    )


def test_a_planner_that_is_not_there_is_not_made(tmp_path, capsys):
    place = tmp_path / "plnner"
    assert plan("list", "--planner", str(place)) == 2
    assert capsys.readouterr().err == (
        f"there is no planner in '{place}'; look where it is, or begin one with 'cstools plan new "
        f"--planner {place}'\n"
    )
    assert not place.exists()


def calls_in_messages():
    """Yield every text of the wing that has a call of a method in it, with gaps for what varies."""
    for file in sorted(WING.rglob("*.py")):
        if {"command", "migrations", "made_up"} & set(file.parts):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        nodes = list(ast.walk(tree))
        said = [n.value for n in nodes if isinstance(n, ast.Expr)]  # docstrings
        inside = [v for n in nodes if isinstance(n, ast.JoinedStr) for v in n.values]
        for node in nodes:
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            constants = [p.value for p in parts if isinstance(p, ast.Constant)]
            if node in said or node in inside or not all(isinstance(c, str) for c in constants):
                continue
            text = "P-ABCDEF".join(constants) if len(parts) > 1 else "".join(constants)
            if " " in text and re.search(r"\b[a-z_]{3,}\((?!s\))", text):
                yield f"{file.relative_to(WING)}:{node.lineno}", text


def test_no_message_sends_a_coordinator_from_the_terminal_to_python():
    """A new message that names a method wants a line in ``command/words.py``."""
    found = {
        place: text
        for place, text in calls_in_messages()
        if not re.search(r"SELECT|PRAGMA|CREATE|<|var\(|text\s\(|\\", text)
    }
    assert len(found) > 15
    told = {place: in_commands(text) for place, text in found.items()}
    assert {p: t for p, t in told.items() if re.search(r"\b[a-z_]{3,}\((?!s\))", t)} == {}
