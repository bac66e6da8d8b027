"""The JavaScript and style files of the live parts lie in their folders and ship as they are.

Each part has a folder; what several parts use lies in ``shared``. A browser is given one module
for each widget. In the source it is several small ES modules, so that axes, elements and curves
have one owner each; :func:`script` sets them one after another. There is no build step and no
third-party script.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent.resolve()
_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[\w./]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=function|const|class)", re.MULTILINE)
_ENTRY = re.compile(r"^export default ", re.MULTILINE)
_WHOLE_ENTRY = re.compile(r"^export default .*;\n?", re.MULTILINE)


@cache
def script(name: str) -> str:
    """Return one ES module as text: a file, and before it every file that it imports, once.

    ``name`` is the file's place in this folder, such as ``explorer/explorer.js``.

    Top-level names must differ between the files that are joined; JavaScript refuses a module
    that declares one twice, and the browser tests load every joined module. A part may import
    another part (a canvas holds a sketch): only the last file's ``export default`` stays.
    """
    parts: dict[Path, str] = {}
    _gather(HERE / name, parts)
    *imported, entry = parts.values()
    return "\n".join([*(_joined(text) for text in imported), entry])


@cache
def style(*names: str) -> str:
    """Return the style files, one after another, after the look that all widgets share."""
    return "\n".join((HERE / name).read_text("utf-8") for name in ("widgets.css", *names))


def embedded(module: str) -> str:
    """Return a module as text that can stand inside a page; what it gives is ``livePart``."""
    plain = _EXPORT.sub("", _ENTRY.sub("const livePart = ", module))
    return plain.replace("</script", "<\\/script")


def _joined(text: str) -> str:
    """Return an imported file as it stands in the whole: it gives nothing to the outside."""
    return _EXPORT.sub("", _WHOLE_ENTRY.sub("", text))


def _gather(file: Path, parts: dict[Path, str]) -> None:
    """Put a file into ``parts`` after what it imports."""
    text = file.read_text("utf-8")
    for name in _IMPORT.findall(text):
        imported = (file.parent / name).resolve()
        if imported not in parts:
            _gather(imported, parts)
    parts[file] = _IMPORT.sub("", text)


def live_side(part: str) -> ModuleType | None:
    """Return the module of a part that speaks with the page; ``None`` without anywidget."""
    try:
        return import_module(f"cstools.widgets.{part}.live")
    except ModuleNotFoundError as error:
        if error.name != "anywidget":
            raise
        return None
