"""What could be said better on a map, as kind notes: the guidelines of Kim, and slips of the pen.

The guidelines [Kim1992]_: names are nouns that can go up and down, without action and without
judgement; the goal of a balancing loop is on the map; what is perceived is kept apart from what
is. The words are English ones, and a word is only a hint: a note is a question to the people who
made the map, never a verdict, and a map without a note may still be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cstools.causal_loops import naming
from cstools.causal_loops.checked import as_place
from cstools.causal_loops.loops import Loops
from cstools.causal_loops.parts import Link, Loop
from cstools.names import key
from cstools.plotting.tables import html, listed

_LOOPS_ASKED, _NAMES_TOLD = 3, 6


@dataclass(frozen=True, repr=False)
class Note:
    """One thing to think over: its kind, the variables it is about, and a sentence or two.

    ``kind`` is ``"action"``, ``"judgement"``, ``"cannot vary"``, ``"opposites"``,
    ``"spelling"``, ``"perceived"``, ``"goal"``, ``"sign"``, ``"two signs"``, ``"island"`` or
    ``"empty"``.
    """

    kind: str
    about: tuple[str, ...]
    text: str

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False)
class Notes:
    """The notes on a map, in the order in which one works through them."""

    notes: tuple[Note, ...]
    remark: str = ""

    def __iter__(self) -> Iterator[Note]:
        return iter(self.notes)

    def __len__(self) -> int:
        return len(self.notes)

    def __getitem__(self, place: int) -> Note:
        return self.notes[as_place(place, len(self), "note")]

    def __repr__(self) -> str:
        told = [f"- {note}" for note in self.notes] or ["Nothing to remark."]
        return "\n".join([*told, *filter(None, [self.remark])])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        if not self.notes:
            return {"text/plain": repr(self)}
        rows = [(listed(note.about[:_NAMES_TOLD]), note.text) for note in self.notes]
        table = html("To think over", ("About", "Note"), rows, self.remark)
        return {"text/plain": repr(self), "text/html": table}


def lint(variables: Sequence[str], links: Sequence[Link], loops: Loops) -> Notes:
    """Return the notes on a map of these variables, links and loops.

    Goals are looked for in the loops given, which may not be all; the notes say so then.
    """
    if not variables:
        first = "The map is empty. Write a first link: 'cause -> effect: +'."
        return Notes((Note("empty", (), first),))
    notes = [
        *_names(variables),
        *_opposites(variables),
        *_spellings(variables),
        *_perceptions(variables, links),
        *_goals(links, loops),
        *_signs(links),
        *_islands(variables, links),
    ]
    remark = "" if loops or not links else _NO_LOOP
    return Notes(tuple(notes), remark or loops.note)


_NO_LOOP = "There is no loop on this map: nothing comes back to where it began."


def _names(variables: Iterable[str]) -> Iterator[Note]:
    for name in variables:
        for kind, rule in _NAME_RULES:
            lesson = rule(name)
            if lesson:
                yield Note(kind, (name,), lesson)
                break


def _action(name: str) -> str:
    noun = naming.without_action(name)
    return noun and (
        f"'{name}' is something that happens or is done; the arrows already say what moves. "
        f"What goes up and down? Perhaps '{noun}'."
    )


def _judgement(name: str) -> str:
    noun = naming.without_judgement(name)
    return noun and (
        f"'{name}' already says how much there is, so that less of it is hard to read. "
        f"Perhaps '{noun}', which can go up and down."
    )


def _cannot_vary(name: str) -> str:
    return (
        f"'{name}' cannot be more or less. "
        "What about it can? 'state of mind' cannot rise, 'happiness' can."
        if naming.cannot_vary(name)
        else ""
    )


_NAME_RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("action", _action),
    ("judgement", _judgement),
    ("cannot vary", _cannot_vary),
)


def _opposites(variables: Sequence[str]) -> Iterator[Note]:
    spelled = {naming.plain(name): name for name in variables}
    for name in variables:
        turned = naming.plain(naming.positive(name))
        other = spelled.get(turned)
        if other and turned != naming.plain(name):
            text = (
                f"'{name}' and '{other}' may be one thing said twice: when one rises, the other "
                f"falls. Keep '{other}', and turn the signs of the links that move to it."
            )
            yield Note("opposites", (name, other), text)


def _spellings(variables: Sequence[str]) -> Iterator[Note]:
    alike: dict[str, dict[str, str]] = {}  # a slip leaves the first three letters as they are
    for name in variables:
        plain = naming.plain(name)
        met = alike.setdefault(plain[:3], {})
        near = (old for old in met if naming.one_slip(old, plain))
        twin = met.get(plain) or met.get(next(near, ""))
        met.setdefault(plain, name)
        if twin:
            text = (
                f"'{twin}' and '{name}' look like one name in two spellings. "
                "If they are one variable, write both the same way, and they become one."
            )
            yield Note("spelling", (twin, name), text)


def _perceptions(variables: Sequence[str], links: Sequence[Link]) -> Iterator[Note]:
    spelled = {naming.plain(naming.actual(name) or name): name for name in variables}
    joined = {(key(link.cause), key(link.effect)): link for link in links}
    moved = {key(link.effect) for link in links}
    for name in variables:
        seen = naming.perceived(name)
        if not seen:
            continue
        real = spelled.get(naming.plain(seen))
        link = joined.get((key(real), key(name))) if real else None
        text = _perception(name, seen, real, link, key(name) in moved)
        if text:
            yield Note("perceived", (name, real) if real else (name,), text)


def _perception(name: str, seen: str, real: str | None, link: Link | None, moved: bool) -> str:
    if real is None:
        return (
            f"'{name}' is on the map, and what is really there is not. People act on what they "
            f"see, which may lag behind: put 'actual {seen}' beside it."
        )
    if link and not link.delayed:
        return (
            f"'{name}' follows '{real}' at once on this map. "
            "Perceptions usually lag: is this link delayed?"
        )
    if not moved:
        return (
            f"Nothing on the map leads to '{name}'. How do people learn of '{real}', and how soon?"
        )
    return ""


def _goals(links: Sequence[Link], loops: Loops) -> Iterator[Note]:
    causes: dict[str, list[str]] = {}
    for link in links:
        causes.setdefault(key(link.effect), []).append(link.cause)
    asked: set[str] = set()
    for loop in loops:
        acting = _acting(loop)
        if loop.polarity != "B" or not acting or asked.intersection(acting):
            continue
        if not _has_goal(loop, causes):
            asked.update(acting)
            yield Note("goal", loop.variables, _goal(loop, acting[0]))
        if len(asked) >= _LOOPS_ASKED:
            return


def _acting(loop: Loop) -> list[str]:
    """Return the variables of a loop that answer to how things stand, as a correction does.

    Such an action rises when things get worse, or acts on the very thing it answers to. One that
    rises with what it brings about, and is slowed down on the way, meets a limit and no goal.
    """
    return [
        link.effect
        for link in loop.links
        if naming.sounds_corrective(link.effect) and (link.polarity == "-" or len(loop) == 2)
    ]


def _has_goal(loop: Loop, causes: Mapping[str, Sequence[str]]) -> bool:
    near = [cause for name in loop.variables for cause in causes[key(name)]]
    return any(naming.sounds_like_goal(name) for name in near)


def _goal(loop: Loop, acting: str) -> str:
    return (
        f"{loop.name} ({listed(loop.variables)}) is balancing: it seeks a goal, and the goal is "
        f"not on the map. What does '{acting}' aim at? Put in what is desired, and the gap to it."
    )


def _signs(links: Sequence[Link]) -> Iterator[Note]:
    signs: dict[tuple[str, str], set[str]] = {}
    for link in links:
        signs.setdefault((link.cause, link.effect), set()).add(link.polarity)
    for (cause, effect), found in signs.items():
        if {"+", "-"} <= found:
            text = (
                f"'{cause}' → '{effect}' is drawn with + and with −. If it works in two ways, "
                "name the step between on each way; then each link has one sign."
            )
            yield Note("two signs", (cause, effect), text)
    open_links = [pair for pair, found in signs.items() if found == {"?"}]
    if open_links:
        yield _without_sign(open_links)


def _without_sign(pairs: Sequence[tuple[str, str]]) -> Note:
    told = [f"'{cause}' → '{effect}'" for cause, effect in pairs[:_NAMES_TOLD]]
    more = len(pairs) - len(told)
    told += [f"{more} more"] if more else []
    have = "has no sign" if len(pairs) == 1 else "have no sign"
    cause, effect = pairs[0]
    text = (
        f"{listed(told)} {have} yet. Ask both ways, with two_way('{cause}', '{effect}'); "
        "a ? may also stay, where it truly cannot be said."
    )
    return Note("sign", tuple(dict.fromkeys(name for pair in pairs for name in pair)), text)


def _islands(variables: Sequence[str], links: Sequence[Link]) -> Iterator[Note]:
    pieces = _pieces(variables, links)
    touched = {key(end) for link in links for end in (link.cause, link.effect)}
    alone = [piece[0] for piece in pieces if key(piece[0]) not in touched]
    if alone:
        said = "stands alone. What acts on it, or what does it act on?"
        if len(alone) > 1:
            said = "stand alone. What acts on them, or what do they act on?"
        yield Note("island", tuple(alone), f"{_quoted(alone)} {said}")
    apart = [piece for piece in pieces if piece[0] not in alone]
    if len(apart) > 1:
        heads = [piece[0] for piece in apart]
        text = (
            f"The map falls into {len(apart)} pieces, around {_quoted(heads)}. "
            "Is there a link between them, or are these maps of their own?"
        )
        yield Note("island", tuple(heads), text)


def _pieces(variables: Sequence[str], links: Sequence[Link]) -> list[list[str]]:
    """Return the groups of variables that links join, whatever their direction, in map order."""
    beside: dict[str, list[str]] = {key(name): [] for name in variables}
    for link in links:
        beside[key(link.cause)].append(key(link.effect))
        beside[key(link.effect)].append(key(link.cause))
    group: dict[str, int] = {}
    for start in beside:
        waiting = [] if start in group else [start]
        while waiting:
            name = waiting.pop()
            if name not in group:
                group[name] = len(group) if name == start else group[start]
                waiting.extend(beside[name])
    pieces: dict[int, list[str]] = {}
    for name in variables:
        pieces.setdefault(group[key(name)], []).append(name)
    return list(pieces.values())


def _quoted(names: Sequence[str]) -> str:
    told = [f"'{name}'" for name in names[:_NAMES_TOLD]]
    more = len(names) - len(told)
    return listed([*told, f"{more} more"] if more else told)
