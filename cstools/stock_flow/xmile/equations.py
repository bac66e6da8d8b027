"""The equations of a file as this package's: names in full, macros written out.

An equation that needs none of it stays as it was written, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from cstools.equations.functions import CLOCK
from cstools.equations.printing import to_xmile
from cstools.equations.text import parse
from cstools.equations.tree import Apply, Indexed, Name, Number, Tree
from cstools.errors import FileError
from cstools.names import key
from cstools.stock_flow.xmile.macros import Macro
from cstools.stock_flow.xmile.variables import Scope, Variable, again, resolve

# Inside a module, ``.x`` is the main model's x; quoted names and comments are left alone.
_MAIN = re.compile(r"(\"(?:\\.|[^\"\\])*\"|\{[^}]*\}|[\w\])]\.)|(\.[^\W\d][\w.$]*)")
# isee's ``x[*:Coast]``, all of a part of a dimension, and ``module."a name"``.
_PART = re.compile(r"\*\s*:\s*(\"[^\"]+\"|[\w\s]+?)(?=\s*[,\]])")
_QUALIFIED = re.compile(r"((?:[^\W\d]\w*\.)+)\"((?:\\.|[^\"\\])+)\"")
_LOOKING = ("lookup", "lookup_extrapolate", "lookup_step", "lookup_forward", "lookup_backward")
# What takes an array as a whole: a dimension in it that is not bound means all of it.
_OVER = ("sum", "mean", "prod", "product", "min", "max", "stddev", "size")
# Vensim rounds and divides towards zero, also where its XMILE calls it by XMILE's names.
_VENSIM = {"int": "integer", "mod": "modulo"}
_DEEPEST = 20


@dataclass
class Equations:
    """Turns the equations of a file into this package's.

    Attributes
    ----------
    known : mapping
        Key of every variable in the file → it.
    macros : mapping
        Key → the macros of that name.
    elements : mapping
        Key of each dimension → the keys of its elements.
    graphs : mapping
        Key of a variable that holds a graph beside an equation → the name of the graph.
    shared : frozenset of str
        The arrays among them with one graph for all elements.
    vensim : bool
        Whether Vensim wrote the file, or a translator of its files.
    made : list
        The variables of macros, as calls are met.
    """

    known: Mapping[str, Variable]
    macros: Mapping[str, list[Macro]] = field(default_factory=dict)
    elements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    graphs: Mapping[str, str] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    vensim: bool = False
    made: list[Variable] = field(default_factory=list)

    def text(self, said: str, variable: Variable, where: str) -> str:
        """Return an equation as this package reads it."""
        said = _as_here(said)
        tree = self.parsed(said, variable.scope, where)
        written = self.tree(tree, variable.scope, variable)
        return said if written == tree else to_xmile(written, self.spelling())

    def parsed(self, said: str, scope: Scope, where: str) -> Tree:
        """Return the tree of an equation as it was said."""
        if "?" in said and not said.strip(" ?"):
            raise FileError(
                f"{where} has {said.strip()} for an equation: the program that wrote the file "
                "could not write the real one"
            )
        said = _as_here(said)
        return parse(_MAIN.sub(_quoted, said) if scope.path else said, where)

    def spelling(self) -> dict[str, str]:
        """Return key → name of all that an equation can name."""
        tables = {key(name): name for name in self.graphs.values()}
        variables = (*self.made, *self.known.values())
        return tables | {variable.key: variable.name for variable in variables}

    # --- trees --------------------------------------------------------------------------------

    def tree(self, node: Tree, scope: Scope, caller: Variable) -> Tree:
        """Return a tree with every name in full and every macro written out."""
        if isinstance(node, Name):
            return self.name(node, scope, caller)
        if isinstance(node, Indexed):
            said = _one_after_another(node.subscripts, caller)
            subscripts = tuple(self.subscript(s, scope, caller) for s in said)
            inside = scope.values.get(node.key)
            word = inside.key if isinstance(inside, Name) else self.full(node.key, scope)
            return Indexed(word, subscripts, node.at)
        if isinstance(node, Apply):
            said = node.arguments
            if node.function in _OVER:
                said = tuple(self.over_all(a, scope, caller, len(said) > 1) for a in said)
            arguments = tuple(self.tree(a, scope, caller) for a in said)
            return self.call(replace(node, arguments=arguments), scope, caller)
        return node

    def over_all(self, node: Tree, scope: Scope, caller: Variable, bare: bool) -> Tree:
        """Return a tree with each dimension that the caller does not bind as all of it.

        ``bare`` says whether the bare name of an array means all of it too: in ``MAX(a, 0)``, where
        it might be one element else.
        """
        if isinstance(node, Apply):
            inside = tuple(self.over_all(a, scope, caller, bare) for a in node.arguments)
            return replace(node, arguments=inside)
        if isinstance(node, Name) and bare:
            array = self.known.get(self.full(node.key, scope))
            ranges = tuple(map(key, array.dimensions)) if array is not None else ()
            if not ranges or node.key in scope.values or not self.free(caller).issuperset(ranges):
                return node
            return Indexed(node.key, tuple(Name(f"{word}!") for word in ranges), node.at)
        if not isinstance(node, Indexed):
            return node
        free = self.free(caller)
        subscripts = tuple(
            Name(f"{s.key}!", s.at) if isinstance(s, Name) and s.key in free else s
            for s in node.subscripts
        )
        return replace(node, subscripts=subscripts)

    def free(self, caller: Variable) -> set[str]:
        """Return the dimensions that the equation of a variable does not bind."""
        bound = {key(dimension) for dimension in caller.dimensions}
        bound |= {element for dimension in bound for element in self.elements.get(dimension, ())}
        return {
            word
            for word, elements in self.elements.items()
            if word not in bound and not bound & {*elements}
        }

    def name(self, node: Name, scope: Scope, caller: Variable) -> Tree:
        """Return what a name means: a parameter, the variable itself, a position, a variable."""
        if node.key in scope.values:
            return scope.values[node.key]
        if node.key == "self" and "self" not in self.known:
            return Name(caller.key, node.at)
        if node.key == "inf" and "inf" not in self.known:
            raise FileError(
                f"{caller.where} uses INF, which is infinite; write a number that is large enough"
            )
        if node.key not in scope.names and node.key not in self.known:
            dimension, _, element = node.key.rpartition(".")
            if element in self.elements.get(dimension, ()):
                return Number(1.0 + self.elements[dimension].index(element))
        return Name(self.full(node.key, scope), node.at)

    def subscript(self, node: Tree, scope: Scope, caller: Variable) -> Tree:
        """Return a subscript: elements and dimensions have their own names, and keep them."""
        if not isinstance(node, Name):
            return self.tree(node, scope, caller)
        word = node.key.removesuffix("!")
        if word in caller.bound and not node.key.endswith("!"):
            return Name(key(caller.bound[word]), node.at)
        if word not in scope.values and (word == "*" or self.is_range(word)):
            return node
        dimension, _, element = word.rpartition(".")
        if element in self.elements.get(dimension, ()):
            return Name(element, node.at)
        return self.tree(node, scope, caller)

    def is_range(self, word: str) -> bool:
        """Say whether a word is a dimension or an element of one."""
        return word in self.elements or any(word in keys for keys in self.elements.values())

    def full(self, word: str, scope: Scope) -> str:
        """Return the key by which a name of a scope is known in the whole file."""
        if word in scope.names:
            return scope.names[word]
        if not scope.path or word in CLOCK.values():
            return word
        if "." in word:
            return resolve(word, scope.path, self.known) or word
        return word if self.is_range(word) else key(scope.full(word))

    # --- calls --------------------------------------------------------------------------------

    def call(self, node: Apply, scope: Scope, caller: Variable) -> Tree:
        """Return a call with the name of what it calls in full: a function, a graph, a macro."""
        word = scope.names.get(node.function, node.function).removeprefix("std.")
        if "." in word:
            word = resolve(word, scope.path, self.known) or word
        if word in self.graphs:
            return Apply(key(self.graphs[word]), node.arguments, node.at)
        if word in _LOOKING and node.arguments:
            graph = node.arguments[0]
            if isinstance(graph, Indexed) and graph.key in self.shared:
                graph = Name(graph.key, graph.at)
            if isinstance(graph, (Name, Indexed)):
                graph = replace(graph, key=key(self.graphs.get(graph.key, graph.key)))
            return Apply(word, (graph, *node.arguments[1:]), node.at)
        if self.vensim and word not in self.known:
            word = _VENSIM.get(word, word)
        if word in self.macros and word not in self.known:
            return self.macro(word, node, scope, caller)
        return Apply(word, node.arguments, node.at)

    def macro(self, word: str, node: Apply, scope: Scope, caller: Variable) -> Tree:
        """Return what a call of a macro comes to, and add the variables of its own.

        A macro is local: its parameters and variables hide all others of their names.
        """
        macro = self.fitting(word, len(node.arguments), caller)
        if word in scope.calls or len(scope.calls) > _DEEPEST:
            raise FileError(f"macro '{macro.name}' calls itself, which cannot be run here")
        if macro.refused:
            raise FileError(f"macro '{macro.name}' has {macro.refused}, which cannot be run here")
        inner = Scope(calls=(*scope.calls, word))
        if macro.variables:
            path = self.free_path(f"{caller.name}.{macro.name}")
            words = [element.get("name", "") for element in macro.variables]
            names = {key(word): key(f"{path}.{word}") for word in words}
            inner = replace(inner, path=path, names=names)
        for place, (parameter, default) in enumerate(macro.parameters):
            if place < len(node.arguments):
                value = node.arguments[place]
            else:
                value = self.inside(macro, default, inner, caller)
            if macro.variables and isinstance(value, Apply):
                value = self.argument(parameter, value, inner, caller)
            inner = replace(inner, values={**inner.values, parameter: value})
        self.made.extend(_instances(macro, inner, caller))
        return self.inside(macro, macro.equation, inner, caller)

    def inside(self, macro: Macro, said: str, scope: Scope, caller: Variable) -> Tree:
        """Return the tree of an equation inside a macro."""
        where = f"macro '{macro.name}'"
        return self.tree(self.parsed(said, scope, where), scope, caller)

    def fitting(self, word: str, count: int, caller: Variable) -> Macro:
        """Return the macro of a name that takes so many arguments."""
        for macro in self.macros[word]:
            if macro.takes(count):
                return macro
        wanted = " or ".join(str(len(macro.parameters)) for macro in self.macros[word])
        raise FileError(
            f"{caller.where}: the macro '{self.macros[word][0].name}' takes {wanted} arguments, "
            f"not {count}"
        )

    def argument(self, parameter: str, value: Tree, scope: Scope, caller: Variable) -> Tree:
        """Add an argument of a macro as an auxiliary, so that it is computed once."""
        name = scope.full(parameter)
        given = to_xmile(value, self.spelling())
        element = ET.Element("aux", {"name": name})
        self.made.append(Variable(element, name, Scope(), given=given, around=caller.dimensions))
        return Name(key(name))

    def free_path(self, wanted: str) -> str:
        """Return a path for a call of a macro, with a number where it is taken."""
        taken = {variable.scope.path for variable in self.made}
        number, path = 2, wanted
        while path in taken:
            path, number = f"{wanted} {number}", number + 1
        return path


def _one_after_another(subscripts: tuple[Tree, ...], caller: Variable) -> tuple[Tree, ...]:
    """Return subscripts in which a dimension named twice means the caller's first and second."""
    names = [s.key if isinstance(s, Name) else "" for s in subscripts]
    known = {*map(key, caller.dimensions), *caller.bound}
    found = [key(again(names, place)) if name else "" for place, name in enumerate(names)]
    return tuple(
        replace(s, key=word) if isinstance(s, Name) and word in known else s
        for s, word in zip(subscripts, found, strict=True)
    )


def _instances(macro: Macro, scope: Scope, caller: Variable) -> list[Variable]:
    """Return the variables of one call of a macro; those of an array's equation are arrays."""
    return [
        Variable(
            element,
            scope.full(element.get("name", "")),
            scope,
            behaviours=caller.behaviours,
            around=caller.dimensions,
        )
        for element in macro.variables
    ]


def _as_here(said: str) -> str:
    """Return an equation with the signs of other programs as this package has them."""
    return _QUALIFIED.sub(r'"\1\2"', _PART.sub(r"\1!", said))


def _quoted(found: re.Match[str]) -> str:
    return found[1] or f'"{found[2]}"'
