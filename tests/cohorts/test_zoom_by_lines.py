"""A report whose lines are cut tells what its rows tell one by one, and so do its faults."""

import csv
import io
from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cstools.cohorts.basics.line_by_line import rows_of_lines
from cstools.cohorts.basics.spans import spans_from_texts, spans_text, united
from cstools.cohorts.basics.wall_clock import WallClock
from cstools.cohorts.following.zoom import read_zoom_report
from cstools.cohorts.following.zoom_sheet import sheet_of
from cstools.errors import CstoolsError

NEW_YORK = "America/New_York"
HEAD = ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Guest")
MIDNIGHT = 1_783_987_200 + 4 * 3600  # 14 July 2026 where New York's clocks are
SOON = {
    "07/14/2026 09:00:05 AM": 9 * 3600 + 5,
    "07/14/2026 09:30:00 AM": 9 * 3600 + 1800,
    " 7/14/2026 9:40 AM ": 9 * 3600 + 2400,
    "2026-07-14 10:00:07": 10 * 3600 + 7,
    "Jul 14, 2026 11:00:59 a.m.": 11 * 3600 + 59,
    "07/14/2026 12:00:00 PM": 12 * 3600,
    "07/14/2026 12:00:00.250 PM": 12 * 3600,
}
NEVER = (
    "",
    " ",
    "soon",
    "9:00:05",
    "07/14/2026 09:60:00 AM",
    "07/14/2026 09:00:60 AM",
    "07/14/2026 09:00:5 AM",
    "07/14/2026 13:00:05 PM",
    "07/32/2026 09:00:05 AM",
)
NAMES = st.sampled_from(
    ["Somebody", "  somebody", "Surname, Given", 'The "Boss"', "two\nlines", "02139", "NA", ""]
)
MAILS = st.sampled_from(["a@example.org", " A@Example.org", "b@example.org", "NA", "", " "])
MOMENTS = st.one_of(*(st.sampled_from(list(SOON)),) * 15, st.sampled_from(NEVER))
ROW = st.tuples(NAMES, MAILS, MOMENTS, MOMENTS, st.sampled_from(["No", ""]))
OTHER = st.sampled_from([(), ("", "", "", "", ""), ("Somebody", "a@example.org"), ("  ",)])
ROWS = st.lists(st.one_of(*(ROW,) * 9, ROW.map(lambda row: (*row, "more")), OTHER), max_size=9)


def row_by_row(rows):
    """Return everybody's spans as text, or what is wrong; each row by itself."""
    filled = [(number, row) for number, row in enumerate(rows, start=1) if "".join(row).strip()]
    (_, head), *under = filled
    if not under:
        return "there is a head and no row under it; download it again"
    found, faults = {}, []
    for number, row in under:
        if len(row) < len(head) - 1:
            faults.append(f"row {number}, whole row: cells are missing; download the report again")
            continue
        name, mail, *hours = row[:4]
        start, stop = map(SOON.get, hours)
        if start is None or stop is None:
            column = "Join Time" if start is None else "Leave Time"
            told = "this is no date with an hour; write it as 06/14/2026 09:01:33 AM"
            faults.append(f"row {number}, {column}: {told}")
        elif stop < start:
            told = "lies before the time of joining; correct it"
            faults.append(f"row {number}, Leave Time: {told}")
        else:
            words = " ".join(name.replace(",", " ").replace('"', " ").split())
            mark = mail.strip().casefold() or f" {words.casefold()}"
            found.setdefault(mark, []).append((MIDNIGHT + start, MIDNIGHT + stop))
    if not faults:
        return {mark: spans_text(united(spans)) for mark, spans in found.items()}
    count = f"{len(faults)} things are" if len(faults) > 1 else "1 thing is"
    more = [f"... and {len(faults) - 3} more"] * (len(faults) > 3)
    told = [f"- {fault}" for fault in faults[:3]]
    return "\n".join([f"{count} wrong, and no row was taken", *told, *more])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ROWS,
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
)
@example(rows=[()] * 3, delimiter=",", end="\r\n", last=True)
def test_lines_tell_what_rows_tell_one_by_one(tmp_path, rows, delimiter, end, last):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows([HEAD, *rows])
    path = tmp_path / "report.csv"
    path.write_bytes(text.getvalue().removesuffix("" if last else end).encode("utf-8-sig"))
    expected = row_by_row([HEAD, *rows])
    if isinstance(expected, dict):
        report = read_zoom_report(path, NEW_YORK, "month first")
        assert report.spans == expected
        assert report.rows == sum(bool("".join(row).strip()) for row in rows)
        spans = [span for spans in spans_from_texts(expected.values()) for span in spans]
        assert report.meeting == (min(s[0] for s in spans), max(s[1] for s in spans))
        return
    with pytest.raises(CstoolsError) as caught:
        read_zoom_report(path, NEW_YORK, "month first")
    assert str(caught.value) == f"report.csv: {expected}"


@given(text=st.text(alphabet='ab ,"\r\n', max_size=30), count=st.sampled_from([-1, 1, 2, 9]))
@example(text='a,"b\nc",d\n', count=-1)
@example(text='a,"b\r\nc"\r\n"d"\r\n', count=-1)
@example(text='""', count=-1)
def test_lines_are_the_rows_that_a_reader_of_csv_finds(text, count):
    rows = rows_of_lines(text, ",", count)
    if rows is None:
        return
    read = [row or [""] for row in csv.reader(io.StringIO(text, ""), strict=True)]
    rows = rows if text else []
    assert len(rows) == len(read)
    for cut, whole in zip(rows, read, strict=True):
        assert cut[:count] == whole[:count] if count > 0 else cut == whole


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("above", [[], [("Meeting ID", "Start Time", "End Time"), ("1",), ()]])
def test_a_usual_report_is_cut_into_lines(tmp_path, end, above):
    """Whatever its lines end with, and with a comma in a name: a million rows go this way."""
    rows = [("Ada", "a@example.org", *list(SOON)[:2], "No")]
    rows.append(("Surname, Given", "b@example.org", *list(SOON)[:2], "No"))
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows([*above, HEAD, *rows])
    path = tmp_path / "report.csv"
    path.write_bytes(text.getvalue().encode())
    cut = sheet_of(path).lines
    assert cut is not None
    assert [tuple(row) for row in cut] == rows


def test_a_clock_reads_every_cell_alike_whatever_it_read_before():
    """Moments of one minute are read together; a cell alone comes to the same."""
    known = WallClock(NEW_YORK, "month first")
    shapes = ("07/14/2026 {}:{}:{} AM", "2026-07-14 {}:{}:{}", "{}:{}:{}", "07/14/2026 {}:{}{}")
    parts = product(("09", "9", "13", ""), ("00", "59", "60"), ("00", "07", "7", "60", "007"))
    cells = [shape.format(*part) for part in parts for shape in shapes]
    together = [known[cell] for cell in cells]
    assert together == [WallClock(NEW_YORK, "month first")[cell] for cell in reversed(cells)][::-1]
    assert together == [known._read(cell) for cell in cells]
