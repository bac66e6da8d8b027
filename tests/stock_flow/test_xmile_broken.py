"""XMILE files that are broken, or made to do harm: each is told, none is run."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstools import CstoolsError, read_model
from cstools.errors import FileError
from cstools.stock_flow.xmile import writing
from tests.stock_flow.test_xmile_roundtrip import again, check_same
from tests.stock_flow.xmile_files import REGIONS, aux, graph, over, read, xmile

HEAD = '<xmile version="1.0"><sim_specs><stop>1</stop></sim_specs><model><variables>'
TAIL = "</variables></model></xmile>"
BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<xmile><model><variables><aux name="&b;"/></variables></model></xmile>"""
OUTSIDE = """<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<xmile><model><variables><aux name="&secret;"/></variables></model></xmile>"""
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;]>' + HEAD + TAIL
REFUSED = "'broken.xmile' defines or fetches entities, as no model needs to; it is not opened"

BROKEN = {
    "empty": ("", "'broken.xmile' is empty"),
    "blank": (" \n\t", "'broken.xmile' is empty"),
    "not XML": (
        "stock, flow",
        "'broken.xmile' is not XML from line 1, column 1 on; was it saved whole, and as XMILE?",
    ),
    "cut off": (
        HEAD,
        f"'broken.xmile' is not XML from line 1, column {len(HEAD) + 1} on; "
        "was it saved whole, and as XMILE?",
    ),
    "another kind of XML": (
        "<html/>",
        "'broken.xmile' is XML, but no XMILE model: it begins with <html>",
    ),
    "no model": ("<xmile/>", "'broken.xmile': the model in it has no variables"),
    "no variables": (HEAD + TAIL, "'broken.xmile': the model in it has no variables"),
    "an entity bomb": (BOMB, REFUSED),
    "an external entity": (OUTSIDE, REFUSED),
    "an external definition": (PARAMETER, REFUSED),
    "a definition of its own": ("<!DOCTYPE xmile>" + HEAD + TAIL, REFUSED),
    "an entity that nobody defines": (
        HEAD + "<aux name='&nbsp;'/>" + TAIL,
        f"'broken.xmile' is not XML from line 1, column {len(HEAD) + 1} on; "
        "was it saved whole, and as XMILE?",
    ),
    "no equation": (
        HEAD + '<aux name="rate"/>' + TAIL,
        "'broken.xmile': aux 'rate' has no equation",
    ),
    "no name": (
        HEAD + "<aux><eqn>1</eqn></aux>" + TAIL,
        "'broken.xmile': a <aux> has no name; every variable needs one",
    ),
    "two variables of one name": (
        HEAD + '<aux name="a b"><eqn>1</eqn></aux><aux name="A_B"><eqn>2</eqn></aux>' + TAIL,
        "'broken.xmile': two variables are called 'a_b'; one of them would be lost",
    ),
    "a flow that nobody describes": (
        HEAD + '<stock name="tub"><eqn>1</eqn><inflow>tap</inflow></stock>' + TAIL,
        "'broken.xmile': stock 'tub' has the inflow 'tap', and no variable is called so",
    ),
    "no clock": (
        "<xmile><model><variables>" + aux("a", "1") + TAIL,
        "'broken.xmile': no <sim_specs>, so it is not known how long a run lasts",
    ),
    "no end": (
        HEAD.replace("<stop>1</stop>", "") + aux("a", "1") + TAIL,
        "'broken.xmile': <sim_specs> does not say when a run stops",
    ),
    "a method that is not known": (
        HEAD.replace("<sim_specs>", '<sim_specs method="gear">') + aux("a", "1") + TAIL,
        "'broken.xmile': the integration method 'gear' cannot be run here",
    ),
    "a run of a part": (
        HEAD.replace("<stop>", '<run by="group"/><stop>') + aux("a", "1") + TAIL,
        "'broken.xmile': it runs by group, and only a whole model can be run here",
    ),
    "a variable with the clock's name": (
        HEAD + aux("pi", "7") + TAIL,
        "'broken.xmile': 'pi' has the name of the clock's own PI and another equation; "
        "give it another name in the file",
    ),
    "a number that is none": (
        HEAD.replace("<stop>1<", "<stop>one<") + aux("a", "1") + TAIL,
        "'broken.xmile': <stop> is 'one', which is not a number",
    ),
    "a number beyond all bounds": (
        HEAD + aux("a", "1e999 * TIME") + TAIL,
        "'broken.xmile': auxiliary 'a': this number is larger than a computer can hold\n"
        "    1e999 * TIME\n    ^",
    ),
    "an equation that does not parse": (
        HEAD + aux("a", "1 +") + TAIL,
        "'broken.xmile': auxiliary 'a': something is missing after '+'\n    1 +\n       ^",
    ),
    "a graph of no known type": (
        HEAD + aux("a", "TIME", graph({0: 1, 1: 2}, 'type="wavy"')) + TAIL,
        "'broken.xmile': aux 'a': a graphical function of type 'wavy' cannot be run here; "
        "its type is one of continuous, extrapolate, discrete",
    ),
    "a graph with a point too many": (
        HEAD + aux("a", "TIME", "<gf><xpts>0,1,2</xpts><ypts>0,1</ypts></gf>") + TAIL,
        "'broken.xmile': aux 'a': its graphical function has 3 x and 2 y",
    ),
    "a conveyor": (
        HEAD + '<stock name="s"><eqn>1</eqn><conveyor><len>4</len></conveyor></stock>' + TAIL,
        "'broken.xmile': stock 's' uses a conveyor, which cannot be run here",
    ),
    "a queue": (
        HEAD + '<stock name="s"><eqn>1</eqn><queue/></stock>' + TAIL,
        "'broken.xmile': stock 's' uses a queue, which cannot be run here",
    ),
    "an oven of isee's": (
        HEAD + '<stock name="s"><eqn>1</eqn><isee:oven/></stock>' + TAIL,
        "'broken.xmile': stock 's' uses an oven, which cannot be run here",
    ),
    "a thing that is not known": (
        HEAD + '<agent name="a"/>' + TAIL,
        "'broken.xmile': agent 'a': a <agent> cannot be run here",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_told_with_the_place(tmp_path: Path, fault: str) -> None:
    text, told = BROKEN[fault]
    path = tmp_path / "broken.xmile"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CstoolsError) as found:
        read_model(path)
    assert str(found.value) == told


SMALL = xmile(
    aux("x", "TIME", over("Region") + graph({0: 0, 2: 1}))
    + '<stock name="s"><eqn>1</eqn><inflow>f</inflow></stock>'
    + '<flow name="f"><eqn>x[North] + é</eqn></flow>'
    + aux("é", "2"),
    REGIONS,
)


def test_a_file_cut_off_anywhere_is_told(tmp_path: Path) -> None:
    content = SMALL.encode()
    assert read(tmp_path, SMALL).run()["s"][1] == 3
    path = tmp_path / "cut.xmile"
    for length in range(len(content)):
        path.write_bytes(content[:length])
        with pytest.raises(FileError):
            read_model(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(SMALL.encode()) - 1), st.binary(max_size=4))
def test_a_file_with_some_bytes_changed_is_read_or_told(
    tmp_path: Path, place: int, other: bytes
) -> None:
    content = SMALL.encode()
    path = tmp_path / "changed.xmile"
    path.write_bytes(content[:place] + other + content[place + len(other) :])
    with suppress(CstoolsError):
        read_model(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_rubbish_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rubbish.xmile"
    path.write_bytes(content)
    with pytest.raises(FileError):
        read_model(path)


RICH = xmile(
    '<module name="m"><connect to="in" from=".hot"/></module>'
    + aux("hot", "TIME")
    + aux("x", "Region * 2", over("Region") + graph({0: 0, 4: 8}))
    + f'<stock name="p">{over("Region", "Age")}<eqn>1, 2; 3, 4</eqn><inflow>b</inflow>'
    "<outflow>d</outflow><non_negative/></stock>"
    f'<flow name="b">{over("Region", "Age")}<eqn>follow(hot, Age)</eqn></flow>'
    f'<flow name="d">{over("Region", "Age")}<eqn>p / 2</eqn><multiplier>2</multiplier></flow>'
    + aux("y", "LOOKUP(x[North], 2) + SUM(p[*, 1])", "<init_eqn>3</init_eqn>"),
    REGIONS
    + '<model name="m"><variables><aux name="in"/><aux name="out"><eqn>in + .hot</eqn></aux>'
    "</variables></model>"
    + '<macro name="follow"><parm>a</parm><parm default="2">b</parm><eqn>s</eqn><variables>'
    '<stock name="s"><eqn>0</eqn><inflow>f</inflow></stock>'
    '<flow name="f"><eqn>(a - s) / b</eqn></flow></variables></macro>',
)
WORDS = [
    "", "0", "-1", "1e308", "x", "p", "Region", "*", "[", "p[*]", "1,2", "follow(1)", "???",
    "m.out", ".hot", "nan", "inf", "b", "x[Region](2)", "PREVIOUS(SELF, 0)", "follow(hot)",
]  # fmt: skip
slips = st.tuples(
    st.integers(1, 10_000),
    st.sampled_from(["remove", "say", "rename", "forget", "repeat", "mistake"]),
    st.sampled_from(WORDS),
)


def with_slip(root: ET.Element, place: int, slip: str, word: str) -> None:
    """Change one element of a file, or what it says."""
    elements = list(root.iter())[1:]
    parents = {child: parent for parent in root.iter() for child in parent}
    element = elements[place % len(elements)]
    match slip:
        case "remove":
            parents[element].remove(element)
        case "say":
            element.text = word
        case "rename" if element.attrib:
            element.set(next(iter(element.attrib)), word)
        case "forget":
            element.attrib.clear()
        case "repeat":
            parents[element].append(element)
        case "mistake":
            element.tag = elements[place // 7 % len(elements)].tag


def test_the_file_without_slips_runs(tmp_path: Path) -> None:
    model = read(tmp_path, RICH)
    check_same(again(model, tmp_path).run(), model.run())


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(slips, max_size=3))
def test_a_file_with_slips_runs_and_is_written_or_is_told(
    tmp_path: Path, chosen: list[tuple[int, str, str]]
) -> None:
    root = ET.fromstring(RICH)
    for slip in chosen:
        with_slip(root, *slip)
    with suppress(CstoolsError):
        model = read(tmp_path, ET.tostring(root, encoding="unicode"))
        model.program()
        read_model(writing.write(model, tmp_path / "again.xmile", picture=False)).program()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1"])
def test_a_file_is_read_in_the_encoding_that_it_says(tmp_path: Path, encoding: str) -> None:
    said = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    path = tmp_path / "model.xmile"
    path.write_bytes(f'<?xml version="1.0" encoding="{said}"?>{SMALL}'.encode(encoding))
    assert "é" in read_model(path).names


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            SMALL.encode("latin-1"),
            f"is not written in utf-8 from byte {SMALL.index('é') + 1} on; "
            "save it again as XMILE in UTF-8",
        ),
        (
            b'<?xml version="1.0" encoding="utf-99"?>' + SMALL.encode(),
            "says that it is written in 'utf-99', which is unknown here; "
            "save it again as XMILE in UTF-8",
        ),
    ],
)
def test_a_file_in_another_encoding_than_it_says_is_told(
    tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "model.xmile"
    path.write_bytes(content)
    with pytest.raises(FileError) as found:
        read_model(path)
    assert str(found.value) == f"'model.xmile' {told}"


@pytest.mark.parametrize("closed", [True, False])
def test_ten_megabytes_of_nesting_are_not_opened(tmp_path: Path, closed: bool) -> None:
    text = "<xmile>" + "<a>" * 1_500_000 + ("</a>" * 1_500_000 + "</xmile>" if closed else "")
    with pytest.raises(FileError) as found:
        read(tmp_path, text)
    assert str(found.value) == (
        "'model.xmile' nests 100 elements and more inside one another, as no model does; "
        "it is not opened"
    )


def test_parentheses_nested_beyond_reading_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="too much stands inside one another here"):
        read(tmp_path, xmile(aux("x", "(" * 100_000 + "1" + ")" * 100_000)))
