"""From which saved state a notebook goes on: another's later save is not overwritten unseen.

A cohort that was loaded or saved has the hash of the log's last line about it, and so has every
cohort made from it: to look at a newer state (a name, a comparison) makes nothing newer that was
made from an older one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from cstools.cohorts.cohort import Cohort
from cstools.cohorts.store import audit
from cstools.cohorts.store.audit import Change
from cstools.cohorts.store.differences import Key
from cstools.errors import DataError

ANEW = ""  # where a cohort was not loaded, and so has no line


@dataclass
class Seen:
    """What one planner has loaded and written: its own lines of the log, and the last ones known.

    ``_up_to`` has, for a cohort's name and where it was loaded, the line up to which it has all;
    ``_here`` has the lines of this planner's log by their hash, as far as they came by.
    """

    _own: set[str] = field(default_factory=set)
    _here: set[str] = field(default_factory=set)
    _up_to: dict[tuple[str, str], int] = field(default_factory=dict)

    def loaded(self, name: str, last: Change) -> None:
        """Note that a cohort was read; one that is made anew is taken to know the first reading."""
        self._up_to.setdefault((name, ANEW), last.position)
        self._here.add(last.hash)

    def wrote(self, last: Change) -> None:
        """Note a line as this planner's own."""
        self._own.add(last.hash)
        self._here.add(last.hash)

    def kept(self, cohort: Cohort, last: Change) -> None:
        """Note that a cohort is kept as it is, with all that is told up to a line.

        The line is written into the cohort: what is made from it from now on goes on from there.
        It is no part of the value, and one of another planner's log stays.
        """
        at = self._at(cohort)
        self._up_to[cohort.name, at] = last.position
        if at == cohort.kept_at:
            object.__setattr__(cohort, "kept_at", last.hash)
            self._here.add(last.hash)

    def _at(self, cohort: Cohort) -> str:
        """Return where a cohort was loaded or saved; of another planner, it is as made anew."""
        return cohort.kept_at if cohort.kept_at in self._here else ANEW

    def refuse_a_lost_save(self, connection: Connection, key: Key, cohort: Cohort) -> None:
        """Refuse a cohort that was made from a state before another notebook's last save.

        Raises
        ------
        DataError
            When somebody else has saved since.
        """
        told = audit.changes(connection, *key)
        lines = {line.hash: line.position for line in told}
        self._here |= lines.keys()
        own = self._up_to.get((cohort.name, self._at(cohort)), 0)
        known = max(own, lines.get(cohort.kept_at, 0)) or self._up_to.get((cohort.name, ANEW), 0)
        unseen = [line for line in told if line.position > known and line.hash not in self._own]
        if unseen and known:
            raise DataError(
                f"'{cohort.name}' was saved by another notebook at {unseen[-1].at}, after this one "
                "loaded it; load it again, do your last steps on that, and save"
            )
