"""Programme files are read strictly, each value keeps its source, and an overlay fills gaps.

The source of a value is the comment at the end of its line: ``# S1 l.207 "$14,000"`` means
document S1, line 207, where these words stand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from cstools.cohorts.basics.files import not_there
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.programmes.facts import ProgrammeFacts
from cstools.errors import DataError, FileError, brief, did_you_mean

_TOML = "words stand in quotes, a day is written 2026-06-22, an hour 09:00:00"
_NEEDED = {
    "workshops": ("starts", "ends"),
    "calls": ("every", "day", "start", "zone", "minutes"),
}
"""What one of a list's items that is new in an overlay must say in order to have its days."""
NAMED_LISTS = tuple(_NEEDED)
_LINE = re.compile(
    r"""^\s*(?P<key>[\w-]+)\s*=\s*(?P<value>(?:"[^"]*"|[^"#])*)#\s*(?P<source>.+?)\s*$"""
)
_TABLE = re.compile(r"^\s*\[\[?(?P<name>[\w.-]+)\]\]?\s*(?:#.*)?$")
_NAME = re.compile(r'^\s*name\s*=\s*"(?P<name>[^"]*)"')


def read_toml(path: Path, what: str) -> tuple[dict[str, Any], str]:
    """Return a TOML file as a table, and its text.

    Raises
    ------
    FileError
        When the file is not there, is not UTF-8 or is not TOML; the message says which.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text), text
    except FileNotFoundError:
        raise not_there(f"{what} '{path.name}'", path) from None
    except (UnicodeDecodeError, OSError):
        told = f"{what} '{path.name}' cannot be read as text"
        if path.suffix != ".toml":
            told += f"; it is a text file whose name ends in .toml, and this one in '{path.suffix}'"
        raise FileError(f"{told}; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{what} '{path.name}' is not TOML: {error}; {_TOML}") from None


def value_sources(text: str) -> dict[str, str]:
    """Return, for each dotted key of a programme file, the comment that names its source."""
    found: dict[str, str] = {}
    table = ""
    for line in text.splitlines():
        if head := _TABLE.match(line):
            table = head["name"] + "."
        if table.rstrip(".").split(".")[0] in NAMED_LISTS and (name := _NAME.match(line)):
            table = f"{table.split('.')[0]}.{name['name']}."
        if entry := _LINE.match(line):
            found[table + entry["key"]] = entry["source"]
    return found


def checked(content: Mapping[str, Any], what: str) -> ProgrammeFacts:
    """Return the facts of a programme file, or say what in it is wrong.

    Raises
    ------
    DataError
        With at most three faults, each with its key and what to do.
    """
    try:
        return ProgrammeFacts.model_validate(dict(content))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        lines = [_fault(dict(fault), content) for fault in faults[:3]]
        more = [f"... and {len(faults) - 3} more"] if len(faults) > 3 else []
        raise DataError(
            "\n".join([f"{what} says something that no programme has:", *lines, *more])
        ) from None


def _fault(fault: dict[str, Any], content: Mapping[str, Any]) -> str:
    place = ".".join(_spoken(fault["loc"], content))
    if fault["type"] == "extra_forbidden":
        hint = did_you_mean(str(fault["loc"][-1]), _keys_at(fault["loc"][:-1]))
        return f"- '{place}' is no known key{hint}"
    return f"- '{place}' = {fault['input']!r}: {fault['msg'].removeprefix('Value error, ')}"


def _spoken(location: tuple[int | str, ...], content: Any) -> Iterator[str]:
    """Give the steps to a key, a list's items by their own name rather than their number."""
    for step in location:
        content = content[step] if _has(content, step) else {}
        named = isinstance(step, int) and isinstance(content, Mapping) and "name" in content
        yield str(content["name"]) if named else str(step)


def _has(content: Any, step: int | str) -> bool:
    if isinstance(content, Mapping):
        return step in content
    return isinstance(content, list | tuple) and isinstance(step, int) and step < len(content)


def _keys_at(location: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the model knows at a place."""
    model: type[BaseModel] = ProgrammeFacts
    for step in location:
        if isinstance(step, str):
            model = part_of(model, step)
    return list(model.model_fields)


def part_of(model: type[BaseModel], name: str) -> type[BaseModel]:
    """Return the model of one part, ``dates`` or ``calls``, of a larger one."""
    annotation = model.model_fields[name].annotation
    inner = getattr(annotation, "__args__", (annotation,))[0]
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else model


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return a programme's table with an overlay laid over it.

    Items of ``workshops`` and ``calls`` are the same item when their ``name`` is the same.

    Raises
    ------
    DataError
        When a name differs from one of the programme's in its capitals, blanks or points alone,
        or is near to one and says too little to be new: it would be one workshop more, or one
        series of calls.
    """
    result = dict(below)
    for name, value in above.items():
        if name in NAMED_LISTS and isinstance(value, list):
            result[name] = _merged_by_name(name, result.get(name, []), value)
        elif isinstance(value, Mapping) and isinstance(result.get(name), Mapping):
            result[name] = {**result[name], **value}
        else:
            result[name] = value
    return result


def _merged_by_name(part: str, below: list[Any], above: list[Any]) -> list[Any]:
    items = {item.get("name"): dict(item) for item in below}
    stated = tuple(items)
    for item in above:
        if not isinstance(item, Mapping):
            return [*below, *above]  # the strict model says what is wrong with it
        _refuse_misspelled(part, stated, item)
        items[item.get("name")] = {**items.get(item.get("name"), {}), **item}
    return list(items.values())


def _refuse_misspelled(part: str, stated: tuple[str, ...], item: Mapping[str, Any]) -> None:
    """Refuse an item whose name is one of the programme's in another spelling, or nearly one."""
    given = item.get("name")
    known = {folded(name): name for name in stated}.get(folded(str(given)), given)
    if known != given:
        raise DataError(
            f"[[{part}]]: the programme spells '{brief(str(given))}' as '{known}'; write it the "
            "same way, or give what is not the same another name"
        )
    lacks = [key for key in _NEEDED[part] if key not in item]
    near = did_you_mean(given, stated) if isinstance(given, str) and given not in stated else ""
    if near and lacks:
        told = " and ".join(filter(None, (", ".join(lacks[:-1]), lacks[-1])))
        raise DataError(
            f"[[{part}]]: the programme has nothing called '{brief(given)}'{near} If it is new "
            f"among the {part}, it also needs {told}"
        )


def merged_sources(
    below: Mapping[str, str], above: Mapping[str, Any], overlay: str
) -> Mapping[str, str]:
    """Return the sources after an overlay: what it sets is said to come from it."""
    sources = dict(below)
    for path in _paths(above):
        documents = f" (documents: {below[path]})" if path in below else ""
        sources[path] = f"coordinator, {overlay}{documents}"
    return MappingProxyType(sources)


def _paths(content: Mapping[str, Any], start: str = "") -> Iterator[str]:
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from _paths(value, f"{start}{name}.")
        elif name in NAMED_LISTS and isinstance(value, list):
            for item in value:
                rest = {key: inner for key, inner in item.items() if key != "name"}
                yield from _paths(rest, f"{start}{name}.{item.get('name')}.")
        else:
            yield start + name
