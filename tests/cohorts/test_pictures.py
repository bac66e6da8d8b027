"""The faculty's pictures: true to their numbers, told in words as well, and naming nobody."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html import escape
from itertools import combinations, pairwise
from xml.etree import ElementTree

import networkx as nx
import pytest

from cstools.cohorts import NOT_STATED, Programme
from cstools.cohorts.applying.applications import read_applications
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.made_up.synthetic_cohorts import synthetic_cohort
from cstools.cohorts.tuition.budget_picture import groups

SVG = "{http://www.w3.org/2000/svg}"
PRICED = """
[capacity]
most = 30

[price]
currency = "CAD"
participant = "9000.01"
early_bird = "8000.00"
student_percent = 50
scholarships = "limited"

[commitments]
promised = ["all calls"]
"""


@pytest.fixture(scope="module")
def priced(enrolled, tmp_path_factory):
    """The class of 2026 with made-up prices, 30 seats, a fund, and one scholarship."""
    path = tmp_path_factory.mktemp("ours") / "ours.toml"
    path.write_text(PRICED, encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=path)
    cohort = replace(enrolled, programme=programme).select(25, seed=3)
    cohort = cohort.paying.in_order("early bird", "student", "scholarship").paying.fund("3000.00")
    return cohort.paying.grant(cohort.accepted[0].code, "1000.33")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Make a cohort with buddies of so many people, all of them with a seat."""

    @cache
    def made(people, sites=0):
        folder = tmp_path_factory.mktemp("many")
        overlay = folder / "ours.toml"
        overlay.write_text("[capacity]\nmost = 5000\n", encoding="utf-8")
        programme = Programme.load("master-practitioners-2026", overlay=overlay)
        found = read_applications(synthetic_cohort(people).write(folder / "many.csv"))
        asked = [replace(each, alumni=True) for each in found]
        if sites:
            asked = [replace(a, site=f"Site {k % sites}") for k, a in enumerate(asked)]
        return programme.plan("Many", secret="x").enrol(asked).select(people).pair_buddies()

    return made


def drawn(picture):
    """Return the picture as another program reads it."""
    return ElementTree.fromstring(picture.svg)


def words(picture):
    return [each.text for each in drawn(picture).iter(f"{SVG}text")]


def titles(picture):
    return [each.text for each in drawn(picture).iter(f"{SVG}title")]


def ties(picture):
    return [g for g in drawn(picture).iter(f"{SVG}g") if g.get("class") == "cst-tie"]


def group_set(cohort):
    return {frozenset((told.code, *told.buddies)) for told in cohort.buddies if told.buddies}


# --- all of one family ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gallery(priced):
    cohort = priced.pair_buddies(seed=2026)
    calendar = cohort.calendar()
    return [
        calendar.timeline(),
        calendar.who_meets_when(),
        calendar.call_hours().picture(),
        cohort.budget().picture(),
        cohort.buddies_picture(),
        cohort.owed("2026-12-01").picture(),
    ]


def test_each_picture_is_read_aloud_as_what_it_prints(gallery):
    for picture in gallery:
        root = drawn(picture)
        assert root.get("role") == "img"
        assert root.get("aria-label") == repr(picture) == picture.description
        assert picture._repr_mimebundle_() == {
            "text/plain": repr(picture),
            "text/html": picture.html,
        }


def test_the_words_of_each_picture_follow_the_page_into_the_dark(gallery):
    for picture in gallery:
        fills = {each.get("fill") for each in drawn(picture).iter(f"{SVG}text")}
        assert fills
        assert all(fill.startswith("var(--jp-") for fill in fills)


def test_each_picture_can_be_scrolled_by_keyboard_and_stands_there_as_a_table_too(gallery):
    for picture in gallery:
        box, _, table = picture.html.partition(picture.svg)
        assert '<div class="cst-wide" tabindex="0" role="group" aria-label="a picture' in box
        assert "The same as a table</summary>" in table
        assert len(picture.table) > 0


def test_no_picture_names_anybody(gallery, applications):
    known = {a.name._text.casefold() for a in applications}
    known |= {a.email._text.casefold() for a in applications}
    shown = "".join(picture.html for picture in gallery).casefold()
    assert [text for text in known if text in shown] == []


# --- the buddy network ----------------------------------------------------------------------------


def test_the_network_says_in_words_what_it_draws(paired):
    found = group_set(paired)
    alone = sorted(p.code for p in paired.accepted if not any(p.code in group for group in found))
    sizes = Counter(map(len, found))
    told = paired.buddies_picture().description
    sites = len({folded(person.site) for person in paired.accepted})
    assert told.startswith(
        f"Class of 2026-2027: buddies on their sites: 25 people at {sites} sites"
    )
    assert f"{sizes[2]} pair" in told
    assert (f"{sizes[3]} trio" in told) == bool(sizes[3])
    assert ("Alone: " + ", ".join(alone) if alone else "Nobody is alone") in told


def test_each_group_is_one_line_or_triangle_and_each_person_one_dot(many):
    cohort = many(40)
    picture = cohort.buddies_picture()
    found = group_set(cohort)
    assert len(ties(picture)) == len(found)
    assert {frozenset(re.findall(r"P-\w+", t[0].text)) for t in ties(picture)} == found
    for tie in ties(picture):
        path, size = tie.find(f"{SVG}path"), len(re.findall(r"P-\w+", tie[0].text))
        assert path.get("d").count("C") == (3 if size == 3 else 1)
        assert (path.get("fill") != "none") == (size == 3)
    alone = len(cohort.accepted) - sum(map(len, found))
    samples = bool(alone)  # the legend shows one hollow dot
    assert len(list(drawn(picture).iter(f"{SVG}circle"))) == len(cohort.accepted) + samples
    assert Counter(map(len, found))[3]
    assert alone


def test_every_line_ends_at_the_dots_of_its_people(many):
    picture = many(40).buddies_picture()
    beside = {}
    for code in words(picture):
        if found := re.match(r"P-\w+", code):
            beside[found[0]] = next(
                float(t.get("y")) for t in drawn(picture).iter(f"{SVG}text") if t.text == code
            )
    assert len(beside) == 40
    for tie in ties(picture):
        points = [
            float(y)
            for step in re.split("[MCZ]", tie.find(f"{SVG}path").get("d"))[1:]
            if step
            for y in [step.split()[-1]]
        ]
        ends = {round(y + 4, 1) for y in points}  # words stand four below a dot's middle
        assert ends == {beside[code] for code in re.findall(r"P-\w+", tie[0].text)}


def test_no_two_people_of_a_column_stand_on_each_other(many):
    picture = many(120).buddies_picture()
    circles = [(c.get("cx"), float(c.get("cy"))) for c in drawn(picture).iter(f"{SVG}circle")]
    for column in {x for x, _ in circles}:
        heights = sorted(y for x, y in circles if x == column)
        assert all(b - a >= 14 for a, b in pairwise(heights))
    height = float(drawn(picture).get("viewBox").split()[3])
    assert all(0 < y < height for _, y in circles)


def test_whoever_is_alone_stands_there_with_a_hollow_dot_and_the_word(paired):
    one = paired.buddies[0]
    others = tuple(
        replace(told, buddies=tuple(c for c in told.buddies if c != one.code))
        for told in paired.buddies
        if told is not one and told.code not in one.buddies
    )
    picture = replace(paired, buddies=others).buddies_picture()
    assert f"{one.code} alone" in words(picture)
    hollow = [c for c in drawn(picture).iter(f"{SVG}circle") if c.get("fill", "").startswith("var")]
    assert any(c.get("stroke-width") == "2.2" for c in hollow)
    assert "alone" in words(picture)  # the legend
    assert (one.code, "alone") in {row[:2] for row in picture.table.rows}


def test_what_people_decided_has_a_letter_and_its_number(paired):
    first, second = sorted(sorted(group) for group in group_set(paired))[:2]
    cohort = paired.pairing.freeze(first[0], by="programme director", why="they have begun")
    cohort = cohort.pairing.wish(*second[:2], by="programme director", why="one paper")
    cohort = cohort.pair_buddies(seed=2026)
    picture = cohort.buddies_picture()
    assert Counter(words(picture))["f"] == Counter(words(picture))["w"] == 2  # and the legend
    assert {"frozen by people", "wished by people"} <= set(words(picture))
    assert "By people's decision: 1 frozen and 1 wished." in picture.description
    decided = {row[4]: row[0] for row in picture.table.rows}
    assert decided["frozen (overruling 1)"] == ", ".join(first)
    assert set(second[:2]) <= set(decided["wished (overruling 2)"].split(", "))
    assert any("; frozen by people (overruling 1)" in title for title in titles(picture))
    both = cohort.pairing.wish(*first[:2], by="programme director", why="so they said before")
    told = {row[0]: row[4] for row in both.pair_buddies(seed=2026).buddies_picture().table.rows}
    assert told[", ".join(first)] == "frozen (overruling 1)"
    back = cohort.take_back(1, by="programme director", why="not so").take_back(
        2, by="programme director", why="not so"
    )
    assert "By people's decision" not in back.buddies_picture().description


def test_after_somebody_leaves_the_picture_shows_the_gap_and_the_new_person(paired):
    gone = paired.buddies[0].code
    cohort = paired.withdraw(gone, "a new post").fill()
    picture = cohort.buddies_picture()
    (new,) = {p.code for p in cohort.accepted} - {p.code for p in paired.accepted}
    assert f"{gone} left" in words(picture)
    assert f"{new} alone" in words(picture)
    assert f"With a buddy and no seat any more: {gone}." in picture.description
    assert "has no seat any more" in words(picture)


def test_the_same_people_in_any_order_give_the_same_picture(many):
    cohort = many(40)
    other = replace(cohort, people=cohort.people[::-1], buddies=cohort.buddies[::-1])
    assert other.buddies_picture() == cohort.buddies_picture()


def test_two_spellings_of_a_site_are_one_site(paired):
    people = tuple(
        replace(p, application=replace(p.application, site=p.site.upper()))
        if number % 3 == 0
        else p
        for number, p in enumerate(paired.people)
    )
    sites = len({folded(p.site) for p in paired.accepted})
    told = replace(paired, people=people).buddies_picture().description
    assert f" at {sites} sites" in told


HOSTILE = "</text><script>alert(1)</script>' onload='alert(1)\" <b>&amp;"


def test_a_hostile_site_name_stays_a_name(paired):
    site = paired.accepted[0].site
    people = tuple(
        replace(p, application=replace(p.application, site=HOSTILE if p.site == site else p.site))
        for p in paired.people
    )
    picture = replace(paired, people=people).buddies_picture()
    parts = list(drawn(picture).iter())
    assert {part.tag.removeprefix(SVG) for part in parts} == {
        *("svg", "style", "text", "g", "title", "path", "circle")
    }
    assert not any("onload" in part.attrib for part in parts)
    assert any(title.startswith(HOSTILE) for title in titles(picture))
    assert "<script>" not in picture.html


def left_alone(cohort):
    """Return the cohort with nobody of its smallest site in a group."""
    sizes = Counter(person.site for person in cohort.accepted)
    least = min(sizes, key=lambda site: (sizes[site], site))
    codes = {person.code for person in cohort.accepted if person.site == least}
    kept = [told for told in cohort.buddies if not codes & {told.code, *told.buddies}]
    return replace(cohort, buddies=tuple(kept))


def test_whether_buddies_hang_all_sites_together_is_said(many, paired):
    for cohort in (many(40), paired, left_alone(paired)):
        site = {p.code: folded(p.site) for p in cohort.accepted}
        graph = nx.Graph()
        graph.add_nodes_from(site.values())
        for group in group_set(cohort):
            graph.add_edges_from(combinations([site[code] for code in group], 2))
        parts = nx.number_connected_components(graph)
        wanted = (
            "From every site one reaches every other over buddies."
            if parts == 1
            else f"The sites fall into {parts} parts that no buddies link."
        )
        assert cohort.buddies_picture().description.endswith(wanted)


def test_of_many_people_the_sites_are_drawn_with_lines_as_thick_as_there_are_groups(many):
    cohort = many(130)
    picture = cohort.buddies_picture()
    site = {p.code: p.site for p in cohort.accepted}
    wanted = Counter(
        frozenset(pair)
        for group in group_set(cohort)
        for pair in combinations({site[code] for code in group}, 2)
    )
    shown = {frozenset(row[:2]): int(row[2]) for row in picture.table.rows}
    assert shown == wanted
    assert [int(row[2]) for row in picture.table.rows] == sorted(wanted.values(), reverse=True)
    thick = {}
    for tie in ties(picture):
        names, _, count = tie[0].text.rpartition(": ")
        path = tie.find(f"{SVG}path")
        thick[frozenset(names.split(" and "))] = (int(count.split()[0]), path.get("stroke-width"))
    assert {pair: count for pair, (count, _) in thick.items()} == wanted
    widths = sorted({(count, float(width)) for count, width in thick.values()})
    assert all(a[1] <= b[1] for a, b in pairwise(widths))
    assert len({width for _, width in widths}) > 2
    assert not any(re.search(r"P-\w{6}", word) for word in words(picture))


def test_of_very_many_sites_those_on_one_clock_are_drawn_as_one(many):
    cohort = many(130, sites=65)
    picture = cohort.buddies_picture()
    assert picture.table.columns[0] == "clock"
    assert all(row[0].startswith("UTC") for row in picture.table.rows)
    assert "130 people at 65 sites" in picture.description
    heads = [word for word in words(picture) if word.startswith("UTC")]
    clocks = {person.time_zone for person in cohort.accepted}
    assert 1 < len(heads) <= len(clocks)
    counts = sum(int(row[2]) for row in picture.table.rows if row[0] == row[1])
    within = re.findall(r"(\d+) groups? here", " ".join(words(picture)))
    assert sum(map(int, within)) == counts > 0


def test_before_there_are_buddies_nothing_is_drawn_and_that_is_said(enrolled):
    picture = enrolled.buddies_picture()
    assert (picture.svg, repr(picture)) == (
        "",
        "Class of 2026-2027: buddies on their sites: nobody has a buddy yet (in the diary: "
        "'pair buddies').",
    )
    assert f"<p>{escape(picture.description)}</p>" in picture.html  # a page says so as well


def test_under_the_network_stands_the_same_as_a_table(paired):
    picture = paired.buddies_picture()
    together = [row[0] for row in picture.table.rows if row[1] != "alone"]
    assert {frozenset(codes.split(", ")) for codes in together} == group_set(paired)
    assert "<summary" in picture.html
    assert "<caption>Class of 2026-2027: buddies on their sites</caption>" in picture.html


# --- seats and money ------------------------------------------------------------------------------


def bars(cohort):
    """Return the bars of seats, money and fund."""
    return [{bar.label: bar for bar in found} for _, found in groups(cohort.budget())]


def rectangles(picture):
    return [
        (float(r.get("x")), float(r.get("width")))
        for r in drawn(picture).iter(f"{SVG}rect")
        if "dash" not in "".join(r.attrib)
    ]


def test_the_budget_is_told_in_words(priced):
    budget = priced.budget()
    off = dict(budget.taken_off)
    assert budget.picture().description == (
        "Class of 2026-2027: seats and money. Seats 25: with a seat 25, free 0, waiting "
        f"{budget.waiting}. Money (CAD), 25 people with a seat: without reductions 225,000.25, "
        f"early bird −{off['early bird']:,}, student −{off['student']:,}, scholarship −1,000.33, "
        f"due {budget.due:,}. Scholarship fund 3,000.00: granted 1,000.33, left 1,999.67."
    )
    assert min(off["early bird"], off["student"]) > 0


def test_the_bars_of_money_begin_where_the_one_before_leaves_off_to_the_cent(priced):
    _, money, fund = bars(priced)
    names = ["without reductions", "early bird", "student", "scholarship", "due"]
    assert list(money) == names
    full, *reductions, due = (money[name] for name in names)
    assert full.end == 25 * Decimal("9000.01")
    ends = [full.end, *(bar.start for bar in reductions)]
    assert [bar.end for bar in reductions] == ends[:-1]
    assert due.end == ends[-1]
    assert fund["granted"].end == fund["left"].start == Decimal("1000.33")
    assert fund["left"].end == Decimal("3000.00")


def test_a_bar_is_as_long_as_its_number(priced):
    seats, money, _ = bars(priced)
    shown = rectangles(priced.budget().picture())
    solid = [bar for bar in (*seats.values(), *money.values()) if not bar.hollow and bar.end]
    assert len(shown) >= len(solid)
    by_unit = {}
    for bar, (_, width) in zip(solid[1:], shown[1:], strict=False):
        by_unit[bar.label] = width / float(bar.end - bar.start)
    units = [by_unit[name] for name in ("without reductions", "early bird", "due")]
    assert units == pytest.approx([units[0]] * 3, rel=0.01)  # a tenth of a pixel of ten or more


def test_a_seat_that_comes_free_is_hollow(priced):
    cohort = priced.withdraw(priced.accepted[0].code, "a new post")
    seats = bars(cohort)[0]
    assert (seats["free"].words, seats["free"].start, seats["free"].end) == ("1", 24, 25)
    assert seats["free"].hollow
    assert "with a seat 24, free 1" in cohort.budget().picture().description


def test_what_is_not_stated_has_no_bar_and_is_never_nothing(paired):
    budget = paired.budget()
    picture = budget.picture()
    assert picture.description == (
        "Class of 2026-2027: seats and money. Seats 25: with a seat 25, free 0, waiting "
        f"{budget.waiting}. Money (currency not stated), 25 people with a seat: not stated. "
        "Scholarship fund not stated."
    )
    assert "0.00" not in picture.html
    rows = dict(budget.table().rows)
    assert {
        rows[name] for name in ("without reductions", "student", "due", "scholarship fund")
    } == {"not stated"}
    assert "granted of it" not in rows


def test_a_reduction_that_the_programme_does_not_state_is_not_nothing(applications):
    programme = Programme.load("master-practitioners-2020")
    people = [replace(each, student=False, submitted=None) for each in applications]
    cohort = programme.plan("Second", secret="x").enrol(people).select(30)
    rows = dict(cohort.budget().table().rows)
    assert (rows["early bird"], rows["student"], rows["due"]) == (
        "not stated",
        "0.00",
        "420,000.00",
    )


def test_before_the_seats_are_given_that_is_said_and_the_money_is_of_all(priced):
    budget = replace(priced, decisions=(), seats=None).budget()
    assert budget.picture().description.startswith(
        "Class of 2026-2027: seats and money. Seats 30: not decided yet. Money (CAD), 40 people "
        "who applied: without reductions 360,000.40"
    )


def test_no_number_of_seats_is_said(enrolled):
    budget = enrolled.select().budget()
    assert (budget.seats, budget.free) == (NOT_STATED, NOT_STATED)
    assert "Seats not stated: with a seat" in budget.picture().description
    assert "free not stated" in budget.picture().description


def test_people_whose_sum_is_not_known_or_may_change_are_counted(applications):
    people = [
        replace(each, submitted=None, student=(True if k == 0 else None if k == 1 else False))
        for k, each in enumerate(sorted(applications, key=lambda a: a.row))
    ]
    california = Programme.load("california-associates-1").plan("California", secret="x")
    asked = california.enrol(people)
    codes = [p.code for p in asked.people]
    ruled = asked.select(40, rulings=dict.fromkeys(codes, "eligible"), why="all of them")
    told = ruled.budget().picture()
    assert "For 1 of 40 the sum is not stated, and not in it." in ruled.budget().notes()
    assert "For 1 of 40 the sum is not stated, and not in it." in words(told)
    second = Programme.load("master-practitioners-2020").plan("Second", secret="x").enrol(people)
    assert second.select(40).budget().notes() == [
        "What 1 of 40 pays may yet be less; the tuition table says why."
    ]


def test_the_budget_shows_its_numbers_as_text_and_its_picture_as_a_page(priced):
    shown = priced.budget()._repr_mimebundle_()
    assert shown["text/plain"] == repr(priced.budget().table())
    assert "role='img'" in shown["text/html"]
    assert "<caption>Class of 2026-2027: seats and money</caption>" in shown["text/html"]
