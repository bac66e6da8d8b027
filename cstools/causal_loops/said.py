"""What is said of a map: variables, links, places and names of loops, and the loops they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import isfinite, nan
from typing import Any, Self

from cstools.causal_loops.checked import as_names, as_switch, as_whole, as_words
from cstools.causal_loops.loops import Loops, Stop, clock, find_loops, steps
from cstools.causal_loops.motion.signed import SignedMap, signed_map
from cstools.causal_loops.notation import LoopTitle, tidy_reason
from cstools.causal_loops.parts import Link, Variable, checked_name, checked_sign
from cstools.errors import ModelError, brief, unknown_name
from cstools.names import key
from cstools.plotting.places import check_place

_STEPS_FOR_A_PICTURE, _ANY_NUMBER = 100_000, 10**9


class Said:
    """The variables and links of a map; :class:`cstools.CausalLoopDiagram` is what people use."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._variables: dict[str, Variable] = {}
        self._links: dict[tuple[str, str, str], Link] = {}
        self._titles: dict[tuple[str, ...], str] = {}
        self._places: dict[str, tuple[float, float]] = {}
        self._listeners: tuple[Callable[[], None], ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables, in the order and spelling in which they first came."""
        return tuple(variable.name for variable in self._variables.values())

    @property
    def links(self) -> tuple[Link, ...]:
        """The links, in the order in which they first came."""
        return tuple(self._links.values())

    @property
    def positions(self) -> dict[str, tuple[float, float]]:
        """Where variables are pinned, by name: x to the right and y down, in pixels.

        A variable that is not here stands where the drawing puts it.
        """
        return {self._variables[k].name: place for k, place in self._places.items()}

    def __getitem__(self, name: str) -> Variable:
        """Return the variable of that name, in whatever spelling."""
        try:
            return self._variables[key(name)]
        except KeyError:
            raise unknown_name(name, self.variables, self._called()) from None

    def variable(self, name: str, lens: str = "") -> Self:
        """Put a variable on the map, or say with which lens one is seen.

        Naming a variable again changes nothing but its lens. ``lens`` is ``"self"``,
        ``"others"``, ``"world"`` or empty (left as it is). Returns the diagram.
        """
        self._put(Variable(name, lens))
        self._changed()
        return self

    def place(self, name: str, x: float, y: float) -> Self:
        """Pin a variable to a place, x to the right and y down in pixels; return the diagram.

        Raises
        ------
        ModelError
            When a place is not two finite numbers, or farther away than any page reaches.
        UnknownNameError
            When the map has no such variable.
        """
        variable = self[name]
        try:
            place = float(x), float(y)
        except (TypeError, ValueError, OverflowError):
            place = nan, nan
        if not all(map(isfinite, place)):
            raise ModelError(f"the place of '{variable.name}' is two numbers, x and y")
        check_place(variable.name, *place)
        self._places[key(name)] = place
        self._changed()
        return self

    def link(
        self,
        cause: str,
        effect: str,
        sign: str = "?",
        delayed: bool = False,
        reason: str = "",
        source: str = "",
    ) -> Self:
        """Say that one variable acts on another; return the diagram.

        A link is known by its cause, its effect and its sign. To say the same link again
        replaces its delay, reason and source, so a cell can be run twice. A link with another
        sign stands beside the first as a second path: to correct a sign, :meth:`unlink` first.

        Raises
        ------
        ModelError
            When a name is empty, the sign is none of ``+``, ``-``, ``?``, or the rest is not
            what it should be.
        """
        names = checked_name(cause), checked_name(effect)
        where = f"link '{brief(names[0])}' → '{brief(names[1])}'"
        late = as_switch(delayed, f"{where}: delayed")
        why = as_words(reason, f"{where}: the reason"), as_words(source, f"{where}: the source")
        self._add(Link(*names, checked_sign(sign, where), late, *tidy_reason(*why)))
        self._changed()
        return self

    def unlink(self, cause: str, effect: str) -> Self:
        """Take every link from one variable to another off the map; return the diagram."""
        pair = self[cause], self[effect]
        gone = [k for k in self._links if k[:2] == (key(cause), key(effect))]
        if not gone:
            raise ModelError(
                f"{self._called()}: there is no link '{pair[0].name}' → '{pair[1].name}' "
                "to take away"
            )
        for identity in gone:
            del self._links[identity]
        self._changed()
        return self

    def name_loop(self, variables: Sequence[str], title: str) -> Self:
        """Give a loop the name it has in your story, shown beside R1 or B1.

        ``variables`` are those of the loop, in its direction, from wherever you like.

        Raises
        ------
        ModelError
            When these variables, in this order, do not close a loop; the missing link is named.
        """
        named = as_names(variables, f"{self._called()}: the variables of a loop")
        self._name_loop(named, checked_name(title), self._called())
        self._changed()
        return self

    def on_change(self, call: Callable[[], None]) -> Callable[[], None]:
        """Call a function after every change of the map; return the function that ends this.

        The call comes from the thread that changed the map, once it says the new thing.
        """
        self._listeners = (*self._listeners, call)

        def stop() -> None:
            self._listeners = tuple(heard for heard in self._listeners if heard is not call)

        return stop

    def loops(
        self, seconds: float = 2.0, longest: int | None = None, most: int = 1_000_000
    ) -> Loops:
        """Return every loop, shortest first, or those that were found in the time given.

        ``loops.complete`` says whether it is all of them, and ``loops.note`` why not. Names
        (R1, B1, ?1) go by length and then by the alphabet: they stay when lines are written in
        another order, and when a longer search finds more. They change when a link is added.
        ``longest`` leaves out loops of more links than that, and after ``most`` loops the
        search stops (a million are about 200 MB). A loop is its sequence of links,
        so A → B → C and A → C → B are two.
        """
        if longest is not None:
            longest = as_whole(longest, "longest", 1, _ANY_NUMBER)
        return self._find(clock(seconds), longest, as_whole(most, "most", 1, _ANY_NUMBER))

    def _become(self, other: Said) -> None:
        """Say all that another map says, in one change."""
        self._variables, self._links = dict(other._variables), dict(other._links)
        self._titles, self._places = dict(other._titles), dict(other._places)
        self.name = other.name
        self._changed()

    def _changed(self) -> None:
        for call in self._listeners:
            call()

    def _loop_titles(self) -> list[LoopTitle]:
        return [
            LoopTitle(title, tuple(self._variables[key].name for key in keys))
            for keys, title in self._titles.items()
            if self._missing_link(keys) is None
        ]

    def _name_loop(self, variables: Sequence[str], title: str, where: str) -> None:
        for name in variables:
            if key(name) not in self._variables:
                raise unknown_name(name, self.variables, where)
        keys = [key(name) for name in variables]
        if not keys or len(set(keys)) < len(keys):
            raise ModelError(f"{where}: a loop is named by its variables, each of them once")
        missing = self._missing_link(keys)
        if missing:
            raise ModelError(f"{where}: this is no loop, because there is no link {missing}")
        first = keys.index(min(keys))
        self._titles[tuple(keys[first:] + keys[:first])] = title

    def _missing_link(self, keys: Sequence[str]) -> str | None:
        for pair in zip(keys, (*keys[1:], keys[0]), strict=True):
            if not any((*pair, sign) in self._links for sign in "+-?"):
                cause, effect = (self._variables[end].name for end in pair)
                return f"'{cause}' → '{effect}'"
        return None

    def _loops_for_a_picture(self) -> Loops:
        # A budget in steps, not seconds: the same map must always give the same picture.
        return self._find(steps(_STEPS_FOR_A_PICTURE))

    def _find(self, stop: Stop, longest: int | None = None, most: int = 1_000_000) -> Loops:
        titles = dict(self._titles)
        return find_loops(tuple(self._variables), self.links, titles, stop, longest, most)

    def _signed(self) -> SignedMap:
        return signed_map(self.variables, self.links)

    def _add(self, link: Link) -> None:
        cause, effect = (self._put(Variable(name)).name for name in (link.cause, link.effect))
        identity = key(cause), key(effect), link.polarity
        self._links[identity] = replace(link, cause=cause, effect=effect)

    def _put(self, new: Variable) -> Variable:
        """Put a variable on the map if it is not there; return the one that is."""
        kept = self._variables.setdefault(key(new.name), new)
        if new.lens and new.lens != kept.lens:
            kept = self._variables[key(new.name)] = replace(kept, lens=new.lens)
        return kept

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy is made of: it says the same, and nobody listens to it."""
        return {**self.__dict__, "_listeners": ()}

    def _called(self) -> str:
        return f"the map '{brief(self.name)}'" if self.name else "this map"
