"""What a file says of its variables, gathered from its models and modules into one list.

A module is a model inside a model. Flattened, its variables stand beside all others under
``module.variable``, and what it takes from outside is an auxiliary that repeats the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from xml.etree import ElementTree as ET

from cstools.equations.tree import Tree
from cstools.errors import FileError
from cstools.names import key, label
from cstools.stock_flow.xmile import clock
from cstools.stock_flow.xmile.elements import child, children, is_own, tag_of

KINDS = ("stock", "flow", "aux", "gf")
# Where a variable's name holds a point, this package's files say it beside a name without one.
FULL_NAME = "{urn:cstools}full_name"
_DEEPEST = 20


@dataclass(frozen=True)
class Scope:
    """Where an equation stands, and what its names mean there.

    Attributes
    ----------
    path : str
        The modules around it, ``"outer.inner"``; empty in the main model.
    names : mapping
        Key of a name as it is said here → key of the variable in the whole file.
    values : mapping
        Key of a macro's parameter → the tree that stands for it.
    calls : tuple of str
        The macros around it, outermost first.
    """

    path: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Tree] = field(default_factory=dict)
    calls: tuple[str, ...] = ()

    def full(self, name: str) -> str:
        """Return a name of this scope as it is known in the whole file."""
        return f"{self.path}.{label(name)}" if self.path else label(name)


@dataclass(frozen=True)
class Variable:
    """One variable of a file.

    Attributes
    ----------
    element : Element
        What the file says of it.
    name : str
        As it is known in the whole file, modules before it.
    scope : Scope
        Where its equations stand.
    given : str
        Its equation where it comes from outside: of a module's input, or a macro's parameter.
    behaviours : tuple of Element
        The rules of its model and of the file, nearest first.
    around : tuple of str
        The dimensions of the array in whose equation a macro was called.
    bound : mapping
        Of one element of an array: key of each dimension → the element.
    """

    element: ET.Element
    name: str
    scope: Scope
    given: str = ""
    behaviours: tuple[ET.Element, ...] = ()
    around: tuple[str, ...] = ()
    bound: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """The name in the form in which names are compared."""
        return key(self.name)

    @property
    def kind(self) -> str:
        """The tag of what it is; what comes from outside is an auxiliary."""
        return "aux" if self.given else tag_of(self.element)

    @property
    def where(self) -> str:
        """How an error names it."""
        return f"{self.kind} '{self.name}'"

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The names of the dimensions it ranges over."""
        said = children(child(self.element, "dimensions"), "dim")
        names = [label(dim.get("name", "")) for dim in said]
        return (*self.around, *(again(names, place) for place in range(len(names))))


@dataclass(frozen=True)
class Connection:
    """What a module takes: the module, where it stands, the input and its source as said."""

    outside: str
    module: str
    to: str
    source: str


def again(names: Sequence[str], place: int) -> str:
    """Return the dimension at a place; one that stands there a second time has a name of its own.

    Of ``x[X, X]`` the second is ``X 2``: the same elements, chosen by themselves.
    """
    before = [key(name) for name in names[:place]].count(key(names[place]))
    return f"{names[place]} {before + 1}" if before else names[place]


def variables(root: ET.Element) -> list[Variable]:
    """Return every variable of a file, those of modules under their full names.

    Raises
    ------
    FileError
        When there are none, two have one name, or a module cannot be put in its place.
    """
    models = {key(model.get("name", "")): model for model in children(root, "model")}
    main = models.get("") if "" in models else next(iter(models.values()), None)
    walk = _Walk(root, models)
    found = list(walk.inside(main, "", ()))
    if not found:
        raise FileError("the model in it has no variables")
    _check_names(found)
    if lonely := next((m for m in models.values() if m is not main and m not in walk.used), None):
        raise FileError(
            f"its model '{label(lonely.get('name', ''))}' stands in no module; "
            "a file holds one model and the modules in it"
        )
    return _connected(found, walk.connections)


class _Walk:
    """Goes through the models of a file, from the main one into its modules."""

    def __init__(self, root: ET.Element, models: Mapping[str, ET.Element]) -> None:
        self.root, self.models = root, models
        self.used: list[ET.Element] = []
        self.connections: list[Connection] = []

    def inside(
        self, model: ET.Element | None, path: str, outer: tuple[str, ...]
    ) -> Iterator[Variable]:
        """Yield the variables of a model and of the modules in it."""
        elements = self.elements(model)
        scope = Scope(path)
        full = {
            e.get("name", ""): e.get(FULL_NAME) or scope.full(e.get("name", "")) for e in elements
        }
        names = {key(name): key(whole) for name, whole in full.items()}
        scope = replace(scope, names={k: v for k, v in names.items() if path or k != v})
        rules = (child(model, "behavior"), child(self.root, "behavior"))
        behaviours = tuple(rule for rule in rules if rule is not None)
        for element in elements:
            if tag_of(element) == "module":
                yield from self.module(element, path, outer)
            elif tag_of(element) != "group":
                name = label(full[element.get("name", "")])
                _check_name(element, name)
                yield Variable(element, name, scope, behaviours=behaviours)

    def elements(self, model: ET.Element | None) -> list[ET.Element]:
        inside = child(model, "variables")
        own = [e for e in (inside if inside is not None else ()) if is_own(e, self.root)]
        if inside is None and model is not None:
            # Before XMILE 1.0 the variables stood in the model itself.
            own = [e for e in model if is_own(e, self.root) and tag_of(e) in (*KINDS, "module")]
        return own

    def module(self, module: ET.Element, path: str, outer: tuple[str, ...]) -> Iterator[Variable]:
        """Yield the variables of the model that a module stands for."""
        name = label(module.get("name", ""))
        if module.get("resource"):
            raise FileError(
                f"module '{name}' is kept in another file, '{module.get('resource')}'; "
                "save both as one file"
            )
        model = self.models.get(key(name))
        if model is None:
            raise FileError(f"module '{name}': no model in the file has this name")
        if key(name) in outer or len(outer) > _DEEPEST:
            raise FileError(f"module '{name}' stands inside itself; it would never end")
        self._check_clock(model, name)
        self.used.append(model)
        inner = f"{path}.{name}" if path else name
        for connect in children(module, "connect"):
            ends = connect.get("to", ""), connect.get("from", "")
            self.connections.append(Connection(path, inner, *ends))
        yield from self.inside(model, inner, (*outer, key(name)))

    def _check_clock(self, model: ET.Element, name: str) -> None:
        """Refuse a module with a clock of its own."""
        own, main = child(model, "sim_specs"), child(self.root, "sim_specs")
        if own is not None and main is not None and clock.settings(own) != clock.settings(main):
            raise FileError(f"module '{name}' has a clock of its own, which cannot be run here")


def _check_name(element: ET.Element, name: str) -> None:
    if not key(element.get("name", "")):
        raise FileError(f"a <{tag_of(element)}> has no name; every variable needs one")
    if "[" in name or "]" in name:
        raise FileError(
            f"'{name}' has a bracket in its name, where subscripts stand; give it another name"
        )


def _check_names(found: list[Variable]) -> None:
    """Refuse two variables of one name: one of them would be lost."""
    seen: set[str] = set()
    for variable in found:
        if variable.key in seen:
            raise FileError(f"two variables are called '{variable.key}'; one of them would be lost")
        seen.add(variable.key)


def _connected(found: list[Variable], connections: list[Connection]) -> list[Variable]:
    """Return the variables with the inputs of modules tied to their sources."""
    by_key = {variable.key: variable for variable in found}
    for connection in connections:
        source = _source(connection, by_key)
        target = _target(connection, by_key)
        there = by_key.get(key(target))
        text = f'"{source.name}"'
        if there is None:
            element = ET.Element("aux", {"name": connection.to})
            scope = Scope(connection.module)
            by_key[key(target)] = Variable(element, target, scope, given=text)
        elif there is not source:
            by_key[key(target)] = replace(there, given=text)
    return list(by_key.values())


def _source(connection: Connection, known: Mapping[str, Variable]) -> Variable:
    name = connection.source
    found = resolve(name, connection.outside, known)
    if found is None:
        raise FileError(
            f"module '{connection.module}' takes its '{label(connection.to)}' from "
            f"'{label(name)}', and no variable is called so"
        )
    return known[found]


def _target(connection: Connection, known: Mapping[str, Variable]) -> str:
    """Return the full name of an input, which may not be described in the module at all."""
    to = connection.to.replace('"', "")
    inside = f"{connection.module}.{label(to)}"
    if to.startswith("."):
        return label(to[1:])
    beside = [to]
    if connection.outside:
        beside.insert(0, f"{connection.outside}.{to}")
    found = (name for name in (inside, *beside) if key(name) in known)
    return known[key(name)].name if (name := next(found, "")) else inside


def resolve(name: str, path: str, known: Mapping[str, object]) -> str | None:
    """Return the key of the variable that a name means, said in the module at a path.

    A name that begins with a point is the main model's. Any other is looked for in the module,
    then in those around it, and at last in the one module that has the name it begins with.
    """
    name = name.replace('"', "")
    if name.startswith("."):
        return key(name[1:]) if key(name[1:]) in known else None
    steps = path.split(".") if path else []
    for depth in range(len(steps), -1, -1):
        whole = key(".".join([*steps[:depth], name]))
        if whole in known:
            return whole
    if "." not in name:
        return None
    ends = [k for k in known if k.endswith(f".{key(name)}")]
    return ends[0] if len(ends) == 1 else None
