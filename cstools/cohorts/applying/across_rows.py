"""What shows only across rows: date orders, two spellings of a place, one person twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from cstools.cohorts.applying.columns import BY_FIELD, readings
from cstools.cohorts.applying.report import Finding
from cstools.cohorts.basics.naming import Names
from cstools.cohorts.basics.spelling import folded
from cstools.errors import DataError

Values = dict[str, Any]
PLACES = ("country", "site", "team", "district")
_INSTEAD = {"team": "another name for the team"}
_BINS = 64  # for the letters of all scripts; letters that share one are counted as one
_ROUNDED = 1e-9
_SLIPS = 2  # letters: one in place of another, or two too many
_ALIKE_APART = 0.8
_ALIKE = 0.86  # 'Hill Scool' and 'Hill School' stand at 0.95, two towns' schools well below 0.8


def dated(
    records: list[Values], order: str | None, findings: list[Finding], numbers: str | None = None
) -> None:
    """Read the typed dates, in the order that the mapping or the file's own sure dates give.

    A date that can be read both ways, in a file that has both orders or neither, is wrong until
    the mapping says which.
    """
    title = BY_FIELD["submitted"].title
    read: list[tuple[Values, dict[str, Any]]] = []
    for record in records:
        try:
            if record.get("submitted"):
                read.append((record, readings(record["submitted"], numbers)))
        except DataError as error:
            findings.append(Finding(record["row"], title, "wrong", str(error)))
    sure = {next(iter(found)) for _, found in read if len(found) == 1}
    settled = order or (sure.pop() if len(sure) == 1 else "")
    for record, found in read:
        finding = _dated(record, found, settled)
        findings += [finding] if finding else []
    for record in records:
        record["submitted"] = record.get("submitted") or None


def _dated(record: Values, found: dict[str, Any], settled: str) -> Finding | None:
    title, cell = BY_FIELD["submitted"].title, record["submitted"]
    open_question = len(set(found.values())) > 1
    if open_question and not settled:
        what = (
            f'\'{cell}\' can be read in two orders; write date_order = "day first" or "month first"'
        )
        return Finding(record["row"], title, "wrong", f"{what} in a mapping file")
    record["submitted"] = found.get(settled) or next(iter(found.values()))
    if settled and settled not in found:
        other = next(iter(found))
        return Finding(record["row"], title, "repaired", f"can only be {other}, and was read so")
    return None


def across_rows(
    records: list[Values], duplicates: str | None, findings: list[Finding]
) -> list[Values]:
    """Return the records to keep, one for each e-mail, with one spelling for each place."""
    people = Names.of(record["name"] for record in records if record.get("name"))
    findings += _people_as_places(records, "role", people, "the role")
    for field in PLACES:
        findings += _people_as_places(records, field, people, _INSTEAD.get(field, "the place"))
        _unify(records, field, findings, people)
        findings += _near(records, field, people)
    findings += _same_name(records)
    return _one_each(records, duplicates, findings)


def _people_as_places(
    records: list[Values], field: str, people: Names, asked: str
) -> Iterator[Finding]:
    """Tell who wrote a person where a place is asked for; places are shown, and people are not."""
    what = "holds a person's name or address, and this column is shown to others; "
    what += f"write {asked}"
    texts = {record[field] for record in records if record.get(field)}
    named = {text for text in texts if people.stand_in(text)}
    for record in records:
        if record.get(field) in named:
            yield Finding(record["row"], BY_FIELD[field].title, "look", what)


def _unify(records: list[Values], field: str, findings: list[Finding], people: Names) -> None:
    """Give places that differ in capitals, accents or points alone their most frequent spelling."""
    spellings: dict[str, Counter[str]] = {}
    for text, count in Counter(filter(None, (r.get(field) for r in records))).items():
        spellings.setdefault(folded(text), Counter())[text] = count
    chosen = {
        text: min(counts, key=lambda text: (-counts[text], text))
        for counts in spellings.values()
        for text in counts
    }
    for record in records:
        text = record.get(field)
        if text and chosen[text] != text:
            record[field] = chosen[text]
            if people.stand_in(text):
                continue
            what = f"'{text}' was read as '{record[field]}', as in other rows"
            findings.append(Finding(record["row"], BY_FIELD[field].title, "repaired", what))


def _near(records: list[Values], field: str, people: Names) -> Iterator[Finding]:
    """Ask about places that are spelt almost alike; numbers in a name keep two places apart."""
    first_row = {record[field]: record["row"] for record in reversed(records) if record.get(field)}
    places = [name for name in first_row if not people.stand_in(name)]
    for one, other in _almost_alike(sorted(places, key=lambda name: first_row[name])):
        what = f"'{other}' looks like '{one}' in row {first_row[one]}; if they are one, write "
        what += f'"{other}" = "{one}" under [spellings.{field}] in a mapping file'
        yield Finding(first_row[other], BY_FIELD[field].title, "look", what)


def _almost_alike(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give every two names that are almost alike and have the same numbers in them.

    Two names share at most the letters that each has, letter by letter. Where that is already too
    little they need no closer look; so thousands of names take seconds.
    """
    plain = [folded(name) for name in names]
    numbers = [re.findall(r"\d+", name) for name in names]
    letters = np.zeros((len(names), _BINS), dtype=np.int32)
    for row, name in enumerate(plain):
        np.add.at(letters[row], [ord(letter) % _BINS for letter in name], 1)
    lengths = letters.sum(axis=1)
    for k in range(1, len(names)):
        shared = np.minimum(letters[k], letters[:k]).sum(axis=1)
        for j in np.flatnonzero(
            2 * shared >= _ALIKE * (lengths[k] + lengths[:k]) - _ROUNDED
        ).tolist():
            if numbers[j] == numbers[k] and _alike(plain[j], plain[k]):
                yield names[j], names[k]


def _alike(one: str, other: str) -> bool:
    """Say whether two names are almost alike also without the words that both have.

    So 'Oak Learning Centre' and 'Elm Learning Centre' are two places.
    """
    if SequenceMatcher(None, one, other).ratio() < _ALIKE:
        return False
    mine, theirs = Counter(one.split()), Counter(other.split())
    own, other_own = " ".join((mine - theirs).elements()), " ".join((theirs - mine).elements())
    rest = SequenceMatcher(None, own, other_own)
    shared = sum(block.size for block in rest.get_matching_blocks())
    return len(own) + len(other_own) - 2 * shared <= _SLIPS or rest.ratio() >= _ALIKE_APART


def _same_name(records: list[Values]) -> Iterator[Finding]:
    """Ask about two rows with one name and two e-mails; neither is quoted."""
    seen: dict[str, Values] = {}
    for record in records:
        if not record.get("name") or not record.get("email"):
            continue
        earlier = seen.setdefault(folded(record["name"]), record)
        if earlier["email"].casefold() != record["email"].casefold():
            what = (
                f"the same name as row {earlier['row']} with another e-mail; if it is one person, "
            )
            what += (
                "delete one row, or give both one address under [spellings.email] in a mapping file"
            )
            yield Finding(record["row"], BY_FIELD["name"].title, "look", what)


def _one_each(
    records: list[Values], duplicates: str | None, findings: list[Finding]
) -> list[Values]:
    by_person: dict[str, list[Values]] = {}
    for record in records:
        if email := record.get("email"):
            by_person.setdefault(email.casefold(), []).append(record)
    kept = []
    for same in by_person.values():
        findings += _repeated(same, duplicates)
        counts = same[0] if duplicates == "keep the first" else same[-1]
        sent = [r["submitted"] for r in same if isinstance(r.get("submitted"), datetime)]
        kept.append(counts | {"submitted": min(sent, default=counts.get("submitted"))})
    return sorted(kept, key=lambda record: int(record["row"]))


def _repeated(same: list[Values], duplicates: str | None) -> Iterator[Finding]:
    title, first = BY_FIELD["email"].title, same[0]
    for record in same[1:]:
        alike = all(first.get(k) == v for k, v in record.items() if k not in ("row", "submitted"))
        answers = "the same answers" if alike else "other answers"
        what = f"the same address as row {first['row']}, with {answers}"
        if duplicates:
            counted = "first" if duplicates == "keep the first" else "last"
            yield Finding(record["row"], title, "repaired", f"{what}; the {counted} one counts")
        else:
            what += '; delete one row, or write duplicates = "keep the last" in a mapping file'
            yield Finding(record["row"], title, "wrong", what)
