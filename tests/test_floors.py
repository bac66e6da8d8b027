"""Imports go down the floors of the house, as the table in ``cstools/floors.py`` says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cstools.cohorts
import cstools.floors

HOUSE = Path(cstools.floors.__file__).parent
FLOORS = {
    room: int(row[0])
    for row in re.findall(r"^(\d)  +(.+)$", cstools.floors.__doc__ or "", re.MULTILINE)
    for room in re.findall(r"``(\w+)``", row[1])
}
WING, WING_MAY_USE = "cohorts", {"cohorts", "errors", "names", "floors", "data", "plotting"}
WING_MAY_USE |= {"spreadsheet_text", "safe_workbook"}


def room_of(file: Path) -> str:
    return file.relative_to(HOUSE).parts[0].removesuffix(".py")


def modules_named(file: Path) -> Iterator[str]:
    """Yield every ``cstools`` module that a file imports, absolute or relative."""
    package = ("cstools", *file.relative_to(HOUSE).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*start, *filter(None, [node.module])))
            yield from (f"{base}.{name.name}" for name in node.names)


def rooms_named(file: Path) -> Iterator[str]:
    for module in modules_named(file):
        top, _, rest = module.partition(".")
        if top == "cstools":
            room = rest.partition(".")[0]
            yield room if room in {*FLOORS, WING} else "__init__"


def may_use(own: str, other: str) -> bool:
    if own == WING:
        return other in WING_MAY_USE
    if other == WING:
        return False
    return own == other or FLOORS[other] < FLOORS[own] or FLOORS[other] == 0 == FLOORS[own]


def wrong_steps(file: Path) -> list[str]:
    own = room_of(file)
    return sorted({other for other in rooms_named(file) if not may_use(own, other)})


def calls(file: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        called = node.func if isinstance(node, ast.Call) else None
        if name in (getattr(called, "id", None), getattr(called, "attr", None)):
            assert isinstance(node, ast.Call)
            yield node


def first_words(call: ast.Call) -> str:
    """Return the fixed text with which a call's first argument begins; there must be one."""
    first = call.args[0]
    fixed = first.values[0] if isinstance(first, ast.JoinedStr) else first
    assert isinstance(fixed, ast.Constant), ast.unparse(call)
    return str(fixed.value)


FILES = sorted(HOUSE.rglob("*.py"))
WING_FILES = [file for file in FILES if room_of(file) == WING]
WING_FLOORS = {
    room: int(row[0])
    for row in re.findall(r"^(\d+)  +(.+)$", cstools.cohorts.__doc__ or "", re.MULTILINE)
    for room in re.findall(r"``(\w+)``", row[1])
}
# A programme begins a cohort: ``Programme.plan`` asks for it when it is called.
WING_DOOR_UP = {("programmes", "cohort")}


def wing_steps(file: Path) -> set[tuple[str, str]]:
    """Return the room of a file of the wing with each room of the wing that it imports."""
    tree = ast.parse(file.read_text("utf-8"))
    types = [n for n in tree.body if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n.test)]
    apart = {inner for node in types for inner in ast.walk(node)}
    named = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n not in apart]
    inside = [module.split(".")[2] for module in filter(None, named) if module.count(".") > 1]
    own = file.relative_to(HOUSE / WING).parts[0].removesuffix(".py")
    return {(own, other) for other in inside if other in WING_FLOORS} - WING_DOOR_UP


def test_every_room_has_a_floor() -> None:
    assert {room_of(file) for file in FILES} - {WING} <= set(FLOORS)


def test_every_room_of_the_wing_has_a_floor() -> None:
    rooms = {file.relative_to(HOUSE / WING).parts[0].removesuffix(".py") for file in WING_FILES}
    assert rooms - {"__init__"} == set(WING_FLOORS)


@pytest.mark.parametrize("file", WING_FILES, ids=lambda f: f.relative_to(HOUSE).as_posix())
def test_imports_in_the_wing_go_down_only(file: Path) -> None:
    up = {(a, b) for a, b in wing_steps(file) if a != b and WING_FLOORS[b] >= WING_FLOORS[a]}
    assert up == set()


def test_every_room_says_what_it_is_for() -> None:
    rooms = [file for file in FILES if file.name == "__init__.py"]
    words = {file: (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "") for file in rooms}
    assert [file for file, said in words.items() if len(said.split()) < 3] == []


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(HOUSE).as_posix())
def test_imports_go_down_only(file: Path) -> None:
    assert wrong_steps(file) == []


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(HOUSE).as_posix())
def test_the_way_up_leads_to_a_room_that_exists(file: Path) -> None:
    for call in calls(file, "upstairs"):
        room = ast.literal_eval(call.args[0])
        target = HOUSE / room.replace(".", "/")
        assert target.with_suffix(".py").is_file() or (target / "__init__.py").is_file(), room
        assert not may_use(room_of(file), room.split(".")[0]), f"{room}: a plain import will do"


def test_nothing_but_upstairs_reaches_a_higher_room_by_name() -> None:
    for file in FILES:
        named = [*calls(file, "import_module"), *calls(file, "__import__")]
        # The door up, and the roof, which may name every room.
        apart = file in (HOUSE / "floors.py", HOUSE / "__init__.py")
        for call in named if not apart else []:
            top, _, rest = first_words(call).partition(".")
            assert top != "cstools" or may_use(room_of(file), rest.partition(".")[0]), file


def test_a_step_upwards_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "HOUSE", tmp_path)
    lower = tmp_path / "engine" / "integrate.py"
    lower.parent.mkdir()
    lower.write_text(
        "import cstools.widgets.explorer\nfrom ..analysis import leverage\n"
        "from cstools import StockFlow, errors\n"
        "from . import program\nfrom ..equations import tree\n"
    )
    assert wrong_steps(lower) == ["__init__", "analysis", "widgets"]
