"""What shows only across rows: date orders, two spellings of a place, one person twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from cstools.cohorts.columns import BY_FIELD, folded, readings
from cstools.cohorts.report import Finding
from cstools.errors import DataError

Values = dict[str, Any]
PLACES = ("country", "site", "team")
_ALIKE = 0.86  # 'Hill Scool' and 'Hill School' stand at 0.95, two towns' schools well below 0.8


def dated(records: list[Values], order: str | None, findings: list[Finding]) -> None:
    """Read the typed dates, in the order that the mapping or the file's own sure dates give.

    A date that can be read both ways, in a file that has both orders or neither, is wrong until
    the mapping says which.
    """
    title = BY_FIELD["submitted"].title
    read: list[tuple[Values, dict[str, Any]]] = []
    for record in records:
        try:
            if record.get("submitted"):
                read.append((record, readings(record["submitted"])))
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
    for field in PLACES:
        _unify(records, field, findings)
        findings += _near(records, field)
    findings += _same_name(records)
    return _one_each(records, duplicates, findings)


def _unify(records: list[Values], field: str, findings: list[Finding]) -> None:
    """Give places that differ in capitals, accents or points alone their most frequent spelling."""
    spellings: dict[str, Counter[str]] = {}
    for record in records:
        if text := record.get(field):
            spellings.setdefault(folded(text), Counter())[text] += 1
    chosen = {
        k: min(counts, key=lambda text: (-counts[text], text)) for k, counts in spellings.items()
    }
    for record in records:
        text = record.get(field)
        if text and chosen[folded(text)] != text:
            record[field] = chosen[folded(text)]
            what = f"'{text}' was read as '{record[field]}', as in other rows"
            findings.append(Finding(record["row"], BY_FIELD[field].title, "repaired", what))


def _near(records: list[Values], field: str) -> Iterator[Finding]:
    """Ask about places that are spelt almost alike; numbers in a name keep two places apart."""
    first_row = {record[field]: record["row"] for record in reversed(records) if record.get(field)}
    for one, other in combinations(sorted(first_row, key=lambda name: first_row[name]), 2):
        if _alike(one, other):
            what = f"'{other}' looks like '{one}' in row {first_row[one]}; if they are one, write "
            what += f'"{other}" = "{one}" under [spellings.{field}] in a mapping file'
            yield Finding(first_row[other], BY_FIELD[field].title, "look", what)


def _alike(one: str, other: str) -> bool:
    numbers = re.findall(r"\d+", one) == re.findall(r"\d+", other)
    return numbers and SequenceMatcher(None, folded(one), folded(other)).ratio() >= _ALIKE


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
            what += "delete one row"
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
        kept.append(same[0] if duplicates == "keep the first" else same[-1])
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
