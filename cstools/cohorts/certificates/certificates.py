"""Certificates that can be checked: issued, superseded when issued anew, never erased.

Reached as ``cohort.certificates``; each step gives a new cohort.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from cstools.cohorts.basics.asked import as_day, as_text, as_texts
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.naming import refuse_names
from cstools.cohorts.basics.people import Private, reveal_all
from cstools.cohorts.basics.tables import Table
from cstools.cohorts.certificates.ids import new_id, tidy, well_formed
from cstools.cohorts.certificates.tables import certificates_table
from cstools.cohorts.certificates.words import CertificateWords, words_from
from cstools.cohorts.certificates.written import Written, written
from cstools.cohorts.review.certified import certified, left_before
from cstools.cohorts.review.values import Attempt, Certificate
from cstools.errors import DataError, MissingPartError, brief, shown, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

Paper = Literal["A4", "letter"]
Words = CertificateWords | str | Path | None


@dataclass(frozen=True)
class Verification:
    """What an id says: ``valid``, ``superseded`` (and ``by`` which), or ``unknown``."""

    id: str
    status: Literal["valid", "superseded", "unknown"]
    certificate: Certificate | None = None
    by: str = ""

    def __repr__(self) -> str:
        if self.certificate is None:
            return f"{brief(self.id)}: {_UNKNOWN if well_formed(self.id) else _MISTYPED}"
        held = self.certificate
        about = f"'{held.title}', issued {held.day} to {held.code}"
        if self.status == "superseded":
            return f"{self.id}: superseded by {self.by}; it was {about}"
        return f"{self.id}: valid; {about}"


_UNKNOWN = "unknown; no certificate with this id was issued here"
_MISTYPED = (
    "unknown, and no id that this planner gives; compare it with the paper, letter by letter"
)


@dataclass(frozen=True, repr=False)
class Certificates:
    """The certificates of one cohort; shows them by id and code, and which are valid."""

    cohort: Cohort

    def issue(self, *, on: date | str, title: str = "") -> Cohort:
        """Return the cohort with a certificate for each certified person who has none.

        Everybody who was in a certified team on the day of its portfolio gets one, but for those
        who had left the programme by the decision; the table names them. The same again changes
        nothing.

        Parameters
        ----------
        on
            The day that stands on the certificates.
        title
            What is certified; without it the title that the documents state, or else the
            programme's.

        Raises
        ------
        DataError
            When nobody is certified, or the day lies before a decision.
        """
        on, title = as_day(on), _told(title, "the title")
        passed = certified(self.cohort)
        if not passed and not left_before(self.cohort):
            raise DataError(
                f"'{self.cohort.name}': nobody is certified yet; both kinds of faculty sign first, "
                "with reviewing.sign()"
            )
        have = {held.code for held in self._all}
        new: list[Certificate] = []
        for code, (attempt, decided) in passed.items():
            if code in have:
                continue
            if on < decided:
                raise DataError(
                    f"{code} was certified on {decided}; a certificate of {on} would lie before "
                    "that; write the day of issue"
                )
            new.append(self._new(attempt, code, title or self.usual_title, on))
        return self._with(new)

    def reissue(
        self, id: str, *, on: date | str, why: str, name: str = "", title: str = ""
    ) -> Cohort:
        """Return the cohort with a certificate that supersedes an earlier one.

        The earlier id still verifies, as superseded. ``name`` is a changed name; without it a name
        that the person has applied with since, or else the one that stood there. ``why`` is the
        reason. Both are kept with the names, apart from everything else.

        Raises
        ------
        DataError
            When the id is superseded already, no reason is given, or the day lies before.
        UnknownNameError
            When no certificate has the id.
        """
        on, name, title = as_day(on), _told(name, "the name"), _told(title, "the title")
        why = why.strip() if isinstance(why, str) else ""
        found = self.verify(id)
        old = found.certificate
        if old is None:
            raise unknown_name(id, [held.id for held in self._all], "certificates of this run")
        written = Private(name) if name else self._name_now(old)
        if found.status == "superseded":
            latest = next((held for held in self._all if held.supersedes == old.id), None)
            wanted = (on, why, written, title or old.title)
            if latest and wanted == (latest.day, latest.why, latest.name, latest.title):
                return self.cohort
            raise DataError(f"{old.id} is superseded by {found.by}; re-issue that one")
        if not why:
            raise DataError(f"{old.id}: say why it is issued anew, as why='change of name'")
        refuse_names(why, self.cohort.people, f"{old.id}: the reason", "it without the name")
        if on < old.day:
            raise DataError(f"{old.id} was issued on {old.day}; it cannot be issued anew on {on}")
        attempt = next(
            a for a in self.cohort.review.attempts if (a.of, a.number) == (old.of, old.attempt)
        )
        new = replace(
            self._new(attempt, old.code, title or old.title, on),
            supersedes=old.id,
            why=why,
            name=written,
        )
        return self._with([new])

    def verify(self, id: str) -> Verification:
        """Return whether a certificate's id is valid, superseded or unknown.

        Capitals, blanks and dashes do not matter.
        """
        if not isinstance(id, str):
            raise DataError(f"{shown(id)} is no id; write it as it stands on the certificate")
        spelled = tidy(id)
        found = next((held for held in self._all if held.id == spelled), None)
        if found is None:
            return Verification(spelled if well_formed(spelled) else id, "unknown")
        by = next((held.id for held in self._all if held.supersedes == spelled), "")
        return Verification(spelled, "superseded" if by else "valid", found, by)

    def valid(self) -> tuple[Certificate, ...]:
        """Return the certificates that nothing supersedes, in the order they were issued."""
        gone = {held.supersedes for held in self._all}
        return tuple(held for held in self._all if held.id not in gone)

    def write(
        self,
        folder: str | Path,
        words: Words = None,
        *,
        names_for: str,
        ids: Iterable[str] = (),
        paper: Paper = "A4",
        fonts: Iterable[str | Path] = (),
        names_in_files: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> Written:
        """Write the valid certificates as PDF, one file each, and return their paths.

        The same certificates with the same words are the same files, byte for byte. What is
        returned shows how many they are and where, and no name that stands in a path.

        Parameters
        ----------
        folder
            Where they are written; it is made if it is not there.
        words
            What stands on them beside name, title and day; or a TOML file that says it.
        names_for
            Why the names are needed; it is logged.
        ids
            Some ids only; without any, all that are valid.
        paper
            ``A4`` or ``letter``, lying.
        fonts
            TrueType files of your own for writing that the packaged fonts lack.
        names_in_files
            File names have the id; with ``True`` the person's name as well.
        progress
            Is called with how many are written, and of how many.

        Raises
        ------
        DataError
            When no reason is given, the names are not here, or a name has letters that no font
            here has; nothing is written then.
        FileError
            When the folder or a file cannot be written.
        """
        page = _pages("pages").page
        words, own = _words(words), _fonts(fonts)
        chosen = self._chosen(ids)
        if chosen and not any(held.name for held in chosen):
            raise DataError(
                "names are kept in people.sqlite, and this cohort came without that file"
            )
        names = reveal_all([held.name for held in chosen], names_for)
        pages = []
        for held, name in zip(chosen, names, strict=True):
            pages.append(page(held, name, self._said(words, held), paper, own))
            if progress is not None:
                progress(len(pages), len(chosen))
        in_files = names if names_in_files else [""] * len(chosen)
        return written(place_of(folder), [held.id for held in chosen], in_files, pages)

    def proof(
        self,
        words: Words = None,
        *,
        paper: Paper = "A4",
        fonts: Iterable[str | Path] = (),
    ) -> Table:
        """Return for each valid certificate, by code, whether :meth:`write` can write it."""
        of = _pages("proof").proof
        given = _words(words)
        held = [(each, self._said(given, each)) for each in self.valid()]
        told: Table = of(self.cohort.name, held, paper, _fonts(fonts))
        return told

    def table(self) -> Table:
        """Return every certificate by id and code, whether it is valid, and what is still owed."""
        return certificates_table(self.cohort, self.valid())

    @property
    def usual_title(self) -> str:
        """What is certified where nobody says: the title that is stated, or the programme's."""
        stated = self.cohort.programme.facts.qualification
        own = [word for word in stated.outcomes or () if word not in ("certified", "further work")]
        return stated.title or (own[0] if own else self.cohort.programme.title)

    @property
    def _all(self) -> tuple[Certificate, ...]:
        return self.cohort.review.certificates

    def _said(self, words: CertificateWords, held: Certificate) -> CertificateWords:
        """Return the words of one certificate: its title may be the programme's, or a person's."""
        return words.before(held.title, self.cohort.programme.title)

    def _chosen(self, ids: Iterable[str]) -> tuple[Certificate, ...]:
        wanted = [tidy(id) for id in as_texts(ids, "an id", "C-ABCD-…")]
        valid = {held.id: held for held in self.valid()}
        for id in wanted:
            if id not in valid:
                raise unknown_name(id, valid, "valid certificates of this run")
        return tuple(valid[id] for id in wanted) or tuple(valid.values())

    def _new(self, attempt: Attempt, code: str, title: str, on: date) -> Certificate:
        before = sum(held.code == code for held in self._all)
        id = new_id(self.cohort.secret, self.cohort.name, code, attempt.of, str(before))
        person = next((p for p in self.cohort.people if p.code == code), None)
        if person is None:
            raise unknown_name(code, [p.code for p in self.cohort.people], "certificates")
        name = person.application.name
        return Certificate(id, code, attempt.of, attempt.number, title, on, name=name)

    def _name_now(self, old: Certificate) -> Private:
        """Return a name applied with since a certificate was issued, or else the one on it."""
        until = self._all[: self._all.index(old) + 1]
        stood = {held.name for held in until if held.code == old.code}
        name = next((p.application.name for p in self.cohort.people if p.code == old.code), None)
        return name if name and name not in stood else old.name

    def _with(self, new: list[Certificate]) -> Cohort:
        if not new:
            return self.cohort
        review = replace(self.cohort.review, certificates=(*self._all, *new))
        return replace(self.cohort, review=review)

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self.table()._repr_mimebundle_()


def _pages(room: str) -> Any:
    """Return the room that writes PDF; its library wakes up only when somebody writes."""
    try:
        return import_module(f"cstools.cohorts.certificates.{room}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "reportlab":
            raise
        raise MissingPartError(
            "'reportlab' is not installed, and certificates need it; install it with: "
            "pip install 'cstools[planner]'"
        ) from error


def _told(given: object, what: str) -> str:
    """Return a text that stands on a certificate; an empty one where it is not given."""
    return "" if given == "" else as_text(given, what, "as it is to stand on the certificate")


def _words(given: object) -> CertificateWords:
    """Return words as they are, of a file, or the usual ones."""
    if given is None or given == "":
        return CertificateWords()
    if isinstance(given, str | Path):
        return words_from(given)
    if isinstance(given, CertificateWords):
        return given
    raise DataError(
        f'words={shown(given)}: write CertificateWords(heading="…", …), or the name of a file'
    )


def _fonts(given: str | Path | Iterable[str | Path]) -> tuple[Path, ...]:
    several = isinstance(given, Iterable) and not isinstance(given, str | bytes)
    return tuple(place_of(each) for each in (given if several else (given,)))  # type: ignore[arg-type,union-attr]
