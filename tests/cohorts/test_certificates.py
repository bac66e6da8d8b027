"""Decisions with signatures, and the certificates that follow; all names here are made up."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from cstools.__main__ import main
from cstools.cohorts import open_planner
from cstools.cohorts.applying.applications import read_applications
from cstools.cohorts.basics.people import Private
from cstools.cohorts.certificates.ids import new_id, well_formed
from cstools.cohorts.certificates.pages import page
from cstools.cohorts.certificates.words import CertificateWords
from cstools.cohorts.programmes.programme import Programme
from cstools.cohorts.review.fingerprint import fingerprint
from cstools.cohorts.review.rows import review_from_rows, review_to_rows
from cstools.cohorts.review.values import Certificate, faculty
from cstools.cohorts.store.verifying import verify_certificate
from cstools.errors import DataError, FileError, MissingPartError, UnknownNameError

JUNE, JULY, AUGUST = date(2027, 6, 1), date(2027, 7, 12), date(2027, 8, 1)
CERTIFICATE = Certificate("C-2345-ABCD-EFGH-IJKL", "P-AAAAAA", "P-AAAAAA", 1, "A title", JULY)
WORDS = CertificateWords(
    issuer="Example Learning Centre",
    signers=(("Åse Example", "Programme faculty"), ("José Example", "Outside faculty")),
)


@pytest.fixture
def portfolio(tmp_path):
    folder = tmp_path / "portfolio"
    (folder / "week 1").mkdir(parents=True)
    (folder / "page.html").write_text("<p>What I learned</p>", encoding="utf-8")
    (folder / "week 1" / "map.txt").write_text("a loop", encoding="utf-8")
    return folder


@pytest.fixture
def cohort(paired):
    named = paired.reviewing.with_faculty(faculty("F-1", "programme"), faculty("F-2", "outside"))
    return named.reviewing.assign_panels(unit="person")


@pytest.fixture
def code(cohort):
    return cohort.accepted[0].code


@pytest.fixture
def handed_in(cohort, code, portfolio):
    return cohort.reviewing.hand_in(code, portfolio, on=JUNE)


@pytest.fixture
def of_teams(applications):
    """Return a cohort whose teams are reviewed, as these applications come into it."""

    def made(people=applications):
        plan = Programme.load("california-associates-1").plan("Cycle 1", secret="a phrase")
        cohort = plan.enrol(people)
        rulings = {person.code: "eligible" for person in cohort.people}
        cohort = cohort.select(20, rulings=rulings, why="Every site is in California")
        named = cohort.reviewing.with_faculty(
            faculty("F-1", "programme"), faculty("F-2", "outside")
        )
        return named.reviewing.assign_panels()

    return made


def signed(cohort, code, outcome="certified", on=JULY, ids=("F-1", "F-2")):
    for id in ids:
        cohort = cohort.reviewing.sign(code, id, outcome, on=on)
    return cohort


@pytest.fixture
def certified(handed_in, code):
    return signed(handed_in, code).certificates.issue(on=JULY)


def test_one_kind_alone_decides_nothing(handed_in, code):
    half = signed(handed_in, code, ids=("F-1",))
    assert "open: waits for outside faculty" in repr(half.reviewing)
    with pytest.raises(DataError) as told:
        half.certificates.issue(on=JULY)
    assert str(told.value) == (
        "'Class of 2026-2027': nobody is certified yet; both kinds of faculty sign first, with "
        "reviewing.sign()"
    )


def test_two_who_differ_decide_nothing_until_one_signs_again_and_both_signatures_stay(
    handed_in, code
):
    split = signed(signed(handed_in, code, ids=("F-1",)), code, "further work", ids=("F-2",))
    assert "not agreed" in repr(split.reviewing)
    done = split.reviewing.sign(code, "F-1", "further work", on=AUGUST)
    assert "further work" in repr(done.reviewing)
    assert [s.outcome for s in done.review.signatures] == ["certified"] + 2 * ["further work"]


def test_of_one_day_the_answer_that_was_given_last_counts_also_where_it_is_the_first_again(
    handed_in, code
):
    half = signed(handed_in, code, ids=("F-1",))
    assert signed(half, code, ids=("F-1",)) == half
    back = signed(signed(half, code, "further work", ids=("F-1",)), code, ids=("F-1",))
    assert [s.outcome for s in back.review.signatures] == ["certified", "further work", "certified"]
    assert signed(back, code, ids=("F-1",)) == back
    assert " certified  " in repr(signed(back, code, ids=("F-2",)).reviewing)


def test_a_slip_of_the_pen_is_put_right_on_the_day_of_the_first_answer(handed_in, code):
    slipped = signed(handed_in, code).reviewing.sign(
        code, "F-1", "further work", on=JULY, slip=True
    )
    assert "not agreed" in repr(slipped.reviewing)
    right = slipped.reviewing.sign(code, "F-1", "certified", on=JULY, slip=True)
    assert " certified  " in repr(right.reviewing)
    assert len(right.review.signatures) == 4


def test_after_further_work_there_is_another_attempt_and_nothing_is_erased(
    handed_in, code, portfolio
):
    worked = signed(handed_in, code, "further work")
    (portfolio / "more.txt").write_text("more", encoding="utf-8")
    again = signed(worked.reviewing.hand_in(code, portfolio, on=AUGUST), code, on=AUGUST)
    assert [attempt.number for attempt in again.review.attempts] == [1, 2]
    assert again.review.attempts[0] == handed_in.review.attempts[0]
    assert len(again.review.signatures) == 4
    (held,) = again.certificates.issue(on=AUGUST).review.certificates
    assert (held.code, held.attempt) == (code, 2)


def test_the_same_portfolio_again_changes_nothing_and_says_which_attempt_it_is(
    handed_in, code, portfolio
):
    assert handed_in.reviewing.hand_in(code, portfolio, on=JULY) == handed_in
    told = handed_in.reviewing.compare(code, portfolio)
    assert told == f"{code}: unchanged since attempt 1 of 2027-06-01"
    (portfolio / "page.html").write_text("<p>What I learnt</p>", encoding="utf-8")
    told = handed_in.reviewing.compare(code, portfolio)
    assert told == (
        f"{code}: this is no portfolio that was handed in; something in it is different"
    )


def refused(step):
    with pytest.raises((DataError, UnknownNameError)) as told:
        step()
    return str(told.value)


def test_what_cannot_be_signed_is_answered_with_a_lesson(cohort, handed_in, code, portfolio):
    sign, other = handed_in.reviewing.sign, handed_in.accepted[1].code
    more = handed_in.reviewing.with_faculty(faculty("F-3", "outside"))
    assert refused(lambda: sign(code, "F-1", "passed", on=JULY)) == (
        "outcomes of a review: nothing is called 'passed'; there are 'certified' and 'further work'"
    )
    assert refused(lambda: sign(other, "F-1", "certified", on=JULY)) == (
        f"{other} has handed in no portfolio yet; hand_in() comes before sign()"
    )
    assert refused(lambda: sign(code, "F-1", "certified", on=date(2027, 5, 1))) == (
        f"F-1 signs for {code} on 2027-05-01, and the portfolio was handed in on 2027-06-01; "
        "write the day of the signature"
    )
    assert refused(lambda: more.reviewing.sign(code, "F-3", "certified", on=JULY)) == (
        f"F-3 is not on the panel of {code} (F-1, F-2); put them on it, with a reason, and assign "
        "panels again (in the diary: 'put on panel', then 'assign panels')"
    )
    done = signed(handed_in, code)
    assert refused(lambda: done.reviewing.sign(code, "F-1", "further work", on=AUGUST)) == (
        f"attempt 1 of {code} was decided on 2027-07-12: certified; a signature after that cannot "
        "change it, but for a slip of the pen: sign(…, slip=True)"
    )


def test_of_two_signatures_of_one_person_that_of_the_later_day_counts(handed_in, code):
    late = handed_in.reviewing.sign(code, "F-1", "certified", on="2027-07-20")
    both = late.reviewing.sign(code, "F-1", "further work", on="2027-07-10")
    done = both.reviewing.sign(code, "F-2", "certified", on=AUGUST)
    assert "not agreed" not in repr(done.reviewing)
    assert len(done.certificates.issue(on=AUGUST).review.certificates) == 1


def test_a_slip_of_the_pen_is_signed_anew_and_both_signatures_stay(handed_in, code):
    slipped = signed(handed_in, code)
    right = slipped.reviewing.sign(code, "F-2", "further work", on=AUGUST, slip=True)
    assert "not agreed" in repr(right.reviewing)
    done = right.reviewing.sign(code, "F-1", "further work", on=AUGUST)
    assert "further work" in repr(done.reviewing)
    assert [s.outcome for s in done.review.signatures] == 2 * ["certified"] + 2 * ["further work"]
    assert refused(lambda: done.certificates.issue(on=AUGUST)).endswith("with reviewing.sign()")


def test_a_slip_that_cannot_be_put_right_any_more_is_answered_with_a_lesson(certified, code):
    (held,) = certified.review.certificates
    told = f"attempt 1 of {code} was decided on 2027-07-12: certified; "

    def slip(id, on, cohort=certified):
        return refused(lambda: cohort.reviewing.sign(code, id, "further work", on=on, slip=True))

    assert slip("F-1", AUGUST) == (
        f"{told}it cannot be put right any more, since {held.id} was issued"
    )
    assert slip("F-1", date(2027, 7, 1)) == (
        f"{told}F-1 signed it on 2027-07-12, and what puts that right is not of 2027-07-01; write "
        "the day on which it was signed anew"
    )
    more = certified.reviewing.with_faculty(faculty("F-3", "outside"))
    why = {"by": "programme director", "why": "asked for"}
    more = more.reviewing.put_on_panel(code, "F-3", **why).reviewing.assign_panels()
    assert slip("F-3", AUGUST, more) == f"{told}F-3 has not signed it, and a slip is one's own"


def test_what_cannot_be_handed_in_is_answered_with_a_lesson(handed_in, code, portfolio):
    (portfolio / "page.html").write_text("other", encoding="utf-8")
    assert refused(lambda: handed_in.reviewing.hand_in(code, portfolio, on=JULY)) == (
        f"{code}: attempt 1 is still with the panel, and another portfolio cannot take its place; "
        "wait until both kinds of faculty have signed"
    )
    done = signed(handed_in, code)
    assert refused(lambda: done.reviewing.hand_in(code, portfolio, on=AUGUST)) == (
        f"{code}: attempt 1 was certified; there is nothing more to hand in"
    )
    worked = signed(handed_in, code, "further work")
    assert refused(lambda: worked.reviewing.hand_in(code, portfolio, on=JUNE)) == (
        f"{code}: attempt 2 of 2027-06-01 lies before the decision on attempt 1 of 2027-07-12; "
        "write the day on which it was handed in"
    )


def test_a_panel_that_has_begun_stays_but_for_whoever_declares_a_conflict(handed_in, code):
    more = handed_in.reviewing.with_faculty(faculty("F-3", "outside"), faculty("F-4", "programme"))
    stayed = more.reviewing.assign_panels(seed=5)
    assert stayed.review.panels[0].members == ("F-1", "F-2")
    late = stayed.reviewing.declare("F-2", code).reviewing.assign_panels(seed=5)
    assert late.review.panels[0].members == ("F-1", "F-3")


def test_a_team_passes_as_a_team_with_those_who_were_in_it_on_the_day(of_teams, portfolio):
    cohort = of_teams()
    team = cohort.review.panels[0].of
    inside = {person.code for person in cohort.accepted if person.team == team}
    cohort = cohort.reviewing.hand_in(team, portfolio, on=JUNE)
    done = signed(cohort, team, "Associate Practitioner").certificates.issue(on=JULY)
    assert {held.code for held in done.review.certificates} == inside
    assert {held.title for held in done.review.certificates} == {"Associate Practitioner"}
    assert {signature.outcome for signature in done.review.signatures} == {"certified"}


def test_a_team_that_is_called_like_a_code_is_kept(of_teams, applications, portfolio, tmp_path):
    team = of_teams().review.panels[0].of
    renamed = [replace(a, team="P-ALPHAS") if a.team == team else a for a in applications]
    cohort = of_teams(renamed).reviewing.hand_in("P-ALPHAS", portfolio, on=JUNE)
    done = signed(cohort, "P-ALPHAS", "Associate Practitioner").certificates.issue(on=JULY)
    planner = open_planner(tmp_path / "planner")
    planner.save(done)
    assert planner.load("Cycle 1") == done


def test_issuing_again_changes_nothing(certified):
    assert certified.certificates.issue(on=AUGUST) == certified


def test_an_id_verifies_however_it_is_typed_and_says_when_it_is_superseded(certified, code):
    (held,) = certified.review.certificates
    assert certified.certificates.verify(held.id.lower().replace("-", " ")).status == "valid"
    again = certified.certificates.reissue(
        held.id, on=AUGUST, why="change of name", name="Zé Synthetic-Åkjær"
    )
    new = again.review.certificates[-1]
    assert repr(again.certificates.verify(held.id)) == (
        f"{held.id}: superseded by {new.id}; it was '{held.title}', issued 2027-07-12 to {code}"
    )
    assert repr(again.certificates.verify(new.id)) == (
        f"{new.id}: valid; '{held.title}', issued 2027-08-01 to {code}"
    )
    assert again.certificates.valid() == (new,)
    assert (
        again.certificates.reissue(
            held.id, on=AUGUST, why="change of name", name="Zé Synthetic-Åkjær"
        )
        == again
    )


def test_issued_anew_twice_without_a_name_is_issued_once(certified):
    (held,) = certified.review.certificates
    again = certified.certificates.reissue(held.id, on=AUGUST, why="misprint")
    assert again.certificates.reissue(held.id, on=AUGUST, why="misprint") == again


def test_a_name_that_somebody_has_applied_with_since_stands_on_the_next_issue(
    certified, code, applications
):
    (held,) = certified.review.certificates
    applied = next(a for a in applications if a.name == held.name)
    married = certified.enrol([replace(applied, name=Private("Zé Synthetic-Åkjær"))])
    again = married.certificates.reissue(held.id, on=AUGUST, why="change of name")
    assert again.review.certificates[-1].name._text == "Zé Synthetic-Åkjær"
    assert again.certificates.reissue(held.id, on=AUGUST, why="change of name") == again
    by_hand = again.certificates.reissue(
        again.review.certificates[-1].id, on=AUGUST, why="spelling", name="Zé Synthetic-Akjær"
    )
    title = by_hand.certificates.reissue(
        by_hand.review.certificates[-1].id, on=AUGUST, why="misprint", title="New title"
    )
    assert title.review.certificates[-1].name._text == "Zé Synthetic-Akjær"


def test_why_a_certificate_is_issued_anew_is_not_printed_and_names_nobody(certified, code):
    (held,) = certified.review.certificates
    again = certified.certificates.reissue(held.id, on=AUGUST, why="married in May")
    printed = repr((again.certificates.valid(), again.review, again.certificates.verify(held.id)))
    assert "married" not in printed
    name = next(p for p in again.people if p.code == code).application.name._text
    assert refused(
        lambda: certified.certificates.reissue(held.id, on=AUGUST, why=f"{name} has married")
    ) == (f"{held.id}: the reason names {code}; write it without the name")


def test_an_id_of_nobody_is_unknown_and_a_slip_of_the_pen_is_told_apart(certified):
    (held,) = certified.review.certificates
    stranger = new_id("another phrase", "x")
    assert repr(certified.certificates.verify(stranger)) == (
        f"{stranger}: unknown; no certificate with this id was issued here"
    )
    slip = held.id[:-1] + ("A" if held.id[-1] != "A" else "B")
    told = certified.certificates.verify(slip)
    assert told.status == "unknown"
    assert repr(told) == (
        f"{slip}: unknown, and no id that this planner gives; compare it with the paper, letter "
        "by letter"
    )


def test_most_single_slips_are_noticed():
    id = new_id("a phrase", "x")
    places = [k for k, letter in enumerate(id) if letter not in "-" and k > 1]
    slips = {id[:k] + letter + id[k + 1 :] for k in places for letter in "ABCDEFGHIJ234567"} - {id}
    # two letters of base32 let through one slip in 1,024 by chance; none here would be luck
    assert sum(map(well_formed, slips)) <= 3


def test_what_cannot_be_issued_anew_is_answered_with_a_lesson(certified):
    (held,) = certified.review.certificates
    again = certified.certificates.reissue(held.id, on=AUGUST, why="misprint", title="New title")
    new = again.review.certificates[-1]
    reissue = certified.certificates.reissue
    assert refused(lambda: reissue(held.id, on=AUGUST, why=" ")) == (
        f"{held.id}: say why it is issued anew, as why='change of name'"
    )
    assert refused(lambda: reissue(held.id, on=JUNE, why="misprint")) == (
        f"{held.id} was issued on 2027-07-12; it cannot be issued anew on 2027-06-01"
    )
    assert refused(lambda: again.certificates.reissue(held.id, on=AUGUST, why="lost")) == (
        f"{held.id} is superseded by {new.id}; re-issue that one"
    )


def test_certificates_are_written_without_names_in_their_file_names(certified, tmp_path, caplog):
    seen = []
    paths = certified.certificates.write(
        tmp_path / "out",
        WORDS,
        names_for="the graduation",
        progress=lambda done, of: seen.append((done, of)),
    )
    (held,) = certified.review.certificates
    assert [path.name for path in paths] == [f"certificate-{held.id}.pdf"]
    assert seen == [(1, 1)]
    assert "the graduation (1 texts)" in caplog.text
    assert held.name._text not in repr(certified.certificates) + repr(certified.review)
    named = certified.certificates.write(
        tmp_path / "out", names_for="the graduation", names_in_files=True
    )
    assert "Synthetic" in named[0].name
    assert repr(named) == "1 certificate in 'out'"  # as the last line of a cell, which is saved


def test_the_paths_of_several_certificates_and_of_none_are_told_by_their_number(
    certified, tmp_path
):
    both = certified.reviewing.hand_in(certified.accepted[1].code, __file__, on=JUNE)
    both = signed(both, certified.accepted[1].code).certificates.issue(on=JULY)
    written = both.certificates.write(tmp_path / "out", names_for="the graduation")
    assert repr(written) == "2 certificates in 'out'"
    none = replace(both, review=replace(both.review, certificates=()))
    assert repr(none.certificates.write(tmp_path, names_for="x")) == "no certificates"


def test_words_of_a_file_stand_on_the_page_and_the_title_has_words_that_fit_it(certified, tmp_path):
    words = tmp_path / "words.toml"
    words.write_text('issuer = "Example Learning Centre"', encoding="utf-8")
    (held,) = certified.review.certificates
    july = certified.certificates.write(tmp_path / "a", words, names_for="the graduation")
    assert "Example Learning Centre" in (text := read_back(july[0]))
    assert f"has completed {held.title}" in " ".join(text.split())
    person = certified.certificates.reissue(
        held.id, on=AUGUST, why="shorter", title="Associate Practitioner"
    )
    (paper,) = person.certificates.write(tmp_path / "b", "", names_for="the graduation")
    assert "is certified as Associate Practitioner" in " ".join(read_back(paper).split())
    words.write_text('after_name = "has become"', encoding="utf-8")
    (paper,) = person.certificates.write(tmp_path / "c", str(words), names_for="the graduation")
    assert "has become Associate Practitioner" in " ".join(read_back(paper).split())
    assert refused(lambda: person.certificates.proof(12)) == (
        'words=12: write CertificateWords(heading="…", …), or the name of a file'
    )


def test_a_proof_says_of_every_certificate_whether_it_can_be_written(certified):
    (held,) = certified.review.certificates
    proof = certified.certificates.proof(WORDS)
    assert proof.rows == ((held.id, held.code, "fits"),)
    renamed = certified.certificates.reissue(held.id, on=AUGUST, why="change", name="山田 花子")
    assert renamed.certificates.proof(WORDS).rows[0][2] == (
        "fits, but 4 letters are drawn in a font that each reader's program brings; to embed one, "
        "give a TrueType file as fonts=['…ttf']"
    )
    joined = certified.certificates.reissue(held.id, on=AUGUST, why="change", name="مریم")
    proof = joined.certificates.proof(WORDS)
    assert "letters join, stack or run from the right" in proof.rows[0][2]
    assert proof.notes == ("0 of 1 can be written as they are.",)


def test_a_missing_library_is_told_in_a_sentence(certified, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "reportlab", None)
    monkeypatch.delitem(sys.modules, "cstools.cohorts.certificates.pages", raising=False)
    monkeypatch.delitem(sys.modules, "cstools.cohorts.certificates.fonts", raising=False)
    for name in [name for name in sys.modules if name.startswith("reportlab.")]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingPartError) as told:
        certified.certificates.write(tmp_path, names_for="the graduation")
    assert str(told.value) == (
        "'reportlab' is not installed, and certificates need it; install it with: pip install "
        "'cstools[planner]'"
    )


def test_certified_helpers_are_mentors_of_the_next_run(certified, code):
    asked = certified.reviewing.consent(code, "mentor", on=JULY)
    (mentor,) = asked.helpers().mentors()
    site = next(person.site for person in certified.people if person.code == code)
    assert (mentor.id, mentor.site) == (f"M-{code[2:]}", site)
    assert mentor.id in repr(asked.helpers())


def test_without_the_names_no_certificate_is_written(certified, tmp_path):
    bare = replace(
        certified.review,
        certificates=tuple(
            replace(held, name=Private("")) for held in certified.review.certificates
        ),
    )
    nameless = replace(certified, review=bare)
    assert refused(lambda: nameless.certificates.write(tmp_path, names_for="x")) == (
        "names are kept in people.sqlite, and this cohort came without that file"
    )


def test_the_same_certificate_is_the_same_bytes_in_another_process():
    code = (
        "import hashlib\n"
        "from tests.cohorts.test_certificates import *\n"
        "print(hashlib.sha256(page(CERTIFICATE, 'Søren Åkjær', WORDS)).hexdigest())"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    page(CERTIFICATE, "Ελένη", WORDS)  # what was written before leaves no trace
    here = hashlib.sha256(page(CERTIFICATE, "Søren Åkjær", WORDS)).hexdigest()
    assert there.stdout.strip() == here


NAMES = [
    "Søren Åkjær Félicité",
    "山田 花子 (Hanako Yamada)",
    "Ελένη Παπαδοπούλου",
    "Nguyễn Thị Ánh",
    "Łukasz Żółć",
]


def tool(name):
    found = shutil.which(name)
    if found is None:
        told = f"{name} is not installed here (on Debian or Ubuntu: the package poppler-utils)"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"{told}; in CI nothing is skipped")
        pytest.skip(told)
    return found


def read_back(path):
    out = subprocess.run([tool("pdftotext"), str(path), "-"], capture_output=True, check=True)
    return out.stdout.decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_can_be_copied_from_the_page_as_it_is_written(tmp_path, name):
    path = tmp_path / "one.pdf"
    path.write_bytes(page(CERTIFICATE, name, WORDS))
    assert name in read_back(path)


def test_letters_with_accents_are_in_embedded_fonts(tmp_path):
    path = tmp_path / "one.pdf"
    path.write_bytes(page(CERTIFICATE, "Søren Åkjær Félicité", WORDS))
    told = subprocess.run([tool("pdffonts"), str(path)], capture_output=True, text=True, check=True)
    fonts = [line.split() for line in told.stdout.splitlines()[2:]]
    assert fonts
    assert all(line[-5:-2] == ["yes", "yes", "yes"] for line in fonts)  # embedded, subset, unicode


def test_the_file_says_its_title_and_language_and_not_the_name():
    content = page(CERTIFICATE, "Ann Li", replace(WORDS, language="da"))
    assert b"/Lang (da)" in content
    assert b"C-2345-ABCD-EFGH-IJKL" in content
    assert b"Ann Li" not in content


def test_long_names_and_titles_take_two_lines(tmp_path):
    long = "Maria Guadalupe Hernández-Villanueva de la Santísima Trinidad y Álvarez-Echeverría"
    title = (
        "Practitioners for Curriculum, Community and Coaching across Districts and Counties 2027"
    )
    path = tmp_path / "long.pdf"
    path.write_bytes(page(replace(CERTIFICATE, title=title), long, WORDS))
    words = " ".join(read_back(path).split())
    assert long in words
    assert title in words


PAGES = [
    (
        "Ann " + "very " * 60 + "long",
        WORDS,
        "P-AAAAAA: the name is too long for two lines of the certificate; write it shorter",
    ),
    (
        "مریم",
        WORDS,
        "P-AAAAAA: this certificate has writing whose letters join, stack or run from the right "
        "(U+0645), and that cannot be set here; write a name in the letters of the passport, with "
        "reissue(name=…), other words in another writing, or set this one by another program",
    ),
    (
        "Zoe 😀",
        WORDS,
        "P-AAAAAA: no font here has the letter U+1F600 that stands on this certificate; give a "
        "TrueType file that has it as fonts=['…ttf']",
    ),
    (
        "Ann Li",
        replace(WORDS, statement="word " * 200),
        "the statement takes 10 lines of the certificate, and four are the most; write it shorter",
    ),
]


@pytest.mark.parametrize(("name", "words", "message"), PAGES)
def test_what_does_not_fit_the_page_is_answered_with_a_lesson(name, words, message):
    assert refused(lambda: page(CERTIFICATE, name, words)) == message


def test_five_signers_are_refused():
    assert refused(lambda: CertificateWords(signers=(("A", "B"),) * 5)) == (
        "5 signers do not fit beside each other; four are the most"
    )


def test_a_font_that_is_none_is_named(tmp_path):
    path = tmp_path / "mine.ttf"
    path.write_text("no font")
    with pytest.raises(FileError) as told:
        page(CERTIFICATE, "Ann Li", WORDS, "A4", (path,))
    assert str(told.value) == (
        "'mine.ttf' is no TrueType file that can be read; give one that ends with .ttf"
    )


def test_a_copy_has_the_same_fingerprint_and_a_moved_file_another(portfolio, tmp_path):
    copy = shutil.copytree(portfolio, tmp_path / "another name")
    (copy / ".DS_Store").write_text("beside")
    assert fingerprint(copy) == fingerprint(portfolio)
    (copy / "page.html").rename(copy / "week 1" / "page.html")
    assert fingerprint(copy).digest != fingerprint(portfolio).digest


def test_what_is_no_portfolio_is_answered_with_a_lesson(portfolio, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileError) as told:
        fingerprint(tmp_path / "empty")
    assert str(told.value) == "the portfolio 'empty' is an empty folder; nothing to review"
    (portfolio / "link").symlink_to(tmp_path / "empty")
    with pytest.raises(FileError) as told:
        fingerprint(portfolio)
    assert str(told.value) == (
        "'link' in the portfolio is a link to another place; put the file itself in the folder, so "
        "that what is reviewed is what was handed in"
    )


def test_only_the_certified_who_agreed_help_the_next_run(certified, code):
    other = certified.accepted[1].code
    assert certified.helpers().people == ()
    assert certified.helpers().not_asked == (code,)
    asked = certified.reviewing.consent(code, "mentor", "assistant", on=JULY)
    asked = asked.reviewing.consent(other, "mentor", on=JULY)
    (helper,) = asked.helpers().of_role("mentor")
    assert (helper.code, helper.roles, helper.run) == (code, ("assistant", "mentor"), asked.name)
    assert helper.email._text not in repr(asked.helpers()) + repr(helper)
    no = asked.reviewing.consent(code, on=AUGUST)
    assert no.helpers().people == ()
    assert no.helpers().declined == (code,)


def test_a_review_is_the_same_after_it_was_rows(certified, code):
    whole = certified.reviewing.declare("F-2", certified.accepted[3].code)
    whole = whole.reviewing.consent(code, "mentor", on=JULY)
    free = faculty("F-3", "outside", free="Mon 9-11", time_zone="Europe/Dublin", mentors=(code,))
    whole = whole.reviewing.with_faculty(free)
    (held,) = whole.review.certificates
    whole = whole.certificates.reissue(held.id, on=AUGUST, why="misprint", title="New title")
    id_of = {person.code: f"id-{k}" for k, person in enumerate(whole.people)}
    tables = review_to_rows(whole.review, id_of)
    code_of = {id: code for code, id in id_of.items()}
    assert review_from_rows(tables, code_of) == whole.review
    shared = {name: rows for name, rows in tables.items() if name != "certificate_names"}
    assert not any(person.code in str(shared) for person in whole.people)
    nameless = review_from_rows(shared, code_of)
    assert {held.name._text for held in nameless.certificates} == {""}


def test_a_kept_certificate_verifies_also_without_the_names(certified, tmp_path, capsys):
    planner = open_planner(tmp_path / "planner")
    planner.save(certified)
    (held,) = certified.review.certificates
    again = certified.certificates.reissue(held.id, on=AUGUST, why="misprint")
    planner.save(again)
    assert planner.load(again.name).review == again.review
    assert verify_certificate(planner, held.id).status == "superseded"
    command = ["plan", "verify", "--planner", str(tmp_path / "planner")]
    assert main([*command, again.review.certificates[1].id]) == 0
    (tmp_path / "planner" / "people.sqlite").unlink()
    assert main([*command, held.id]) == 1
    assert main([*command, new_id("another phrase", "x")]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[2].split()[0].strip(";") for line in told] == [
        "valid",
        "superseded",
        "unknown",
    ]


def test_what_was_signed_is_never_taken_out_of_the_planner(certified, tmp_path):
    planner = open_planner(tmp_path / "planner")
    planner.save(certified)
    erased = replace(certified, review=replace(certified.review, signatures=()))
    with pytest.raises(DataError, match="holds 2 rows of signatures that"):
        planner.save(erased)


def test_a_new_application_leaves_the_review_as_it_is(certified, form):
    row = "Ada Synthetic,ada@example.org,Europe/Copenhagen,Danish,Example Hill School,Yes,Mon 16-18"
    more = certified.enrol(read_applications(form(row)))
    assert more.review == certified.review


@pytest.mark.parametrize("letter", ["א", "ﻡ", "ܐ", "ހ", "ߊ", "ไ", "ក", "ᠠ", "ᬅ", "अ"])
def test_writing_that_needs_more_than_letters_in_a_row_is_told_and_never_set_wrong(letter):
    with pytest.raises(DataError) as caught:
        page(CERTIFICATE, f"Ann {letter}", WORDS)
    assert f"join, stack or run from the right (U+{ord(letter):04X})" in str(caught.value)


def test_a_long_text_without_blanks_is_cut_where_both_halves_are_alike(tmp_path):
    name = "Wi" * 24
    path = tmp_path / "long.pdf"
    path.write_bytes(page(CERTIFICATE, name, WORDS))
    halves = [line for line in read_back(path).splitlines() if line.strip("Wi") == "" and line]
    assert "".join(halves) == name
    assert [len(half) for half in halves] == [24, 24]
