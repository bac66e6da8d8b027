"""The store on a server: who may see names, addresses that lead nowhere, and many writers."""

import socket
import struct
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from cstools.cohorts import open_planner
from cstools.cohorts.store import server
from cstools.cohorts.store.faults import advice
from cstools.errors import DataError, FileError, MissingPartError
from tests.cohorts import postgres

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def address(new_database):
    return new_database()


@pytest.fixture
def planner(address, paired):
    planner = open_planner(address)
    planner.save(paired)
    return planner


def test_names_stand_in_a_schema_of_their_own(planner, applications):
    private = {text._text for p in applications for text in (p.name, p.email)}
    with planner.place.reading() as connection:
        tables = connection.execute(
            text(
                "SELECT table_schema, table_name FROM information_schema.tables "
                "WHERE table_schema IN ('public', 'people')"
            )
        ).all()
        seen = {"public": "", "people": ""}
        for schema, name in tables:
            seen[schema] += repr(connection.execute(text(f'SELECT * FROM {schema}."{name}"')).all())
    assert [told for told in private if told not in seen["people"]] == []
    assert [told for told in private if told in seen["public"]] == []


def test_whoever_may_not_use_that_schema_reads_without_names(planner, address, paired):
    reader = f"reader_{planner.place.title.split()[0]}"
    with planner.place.writing("x") as connection:
        connection.execute(text(f"CREATE ROLE {reader} LOGIN"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}"))
    shared = open_planner(address.replace("planner@", f"{reader}@"))
    cohort = shared.load(paired.name)
    assert {person.code[:2] for person in cohort.people} == {"R-"}
    assert len(cohort.people) == len(paired.people)
    assert shared.log().notes == ("The chain is whole.",)
    with pytest.raises(DataError) as caught:
        shared.save(paired)
    assert str(caught.value) == (
        f"'{shared.place.title}' shows you no names, so nothing can be saved in it; ask whoever "
        "keeps the server for the right to its schema 'people'"
    )
    with pytest.raises(DataError) as caught:
        shared.reveal(paired.name, cohort.people[0].code, "a letter")
    assert str(caught.value) == (
        f"'{shared.place.title}' shows you no names; ask whoever keeps the server for the right "
        "to its schema 'people'"
    )


def test_a_planner_on_a_server_is_in_no_folder(planner):
    with pytest.raises(DataError) as caught:
        _ = planner.folder
    assert str(caught.value) == f"the planner '{planner.place.title}' is on a server, in no folder"


def test_a_password_is_never_shown(address):
    planner = open_planner(address.replace("planner@", "planner:very-secret@"))
    assert "very-secret" not in repr(planner) + repr(planner.log()) + planner.place.title


@pytest.mark.parametrize("address", ["mysql://me@host/planner", "postgresql://host", "a b://:x"])
def test_an_address_of_another_kind_is_told(address):
    with pytest.raises(FileError) as caught:
        open_planner(address)
    assert str(caught.value) == (
        "a planner on a server has an address such as "
        "'postgresql://coordinator@server.example/planner'; a planner at home is a folder"
    )


def test_a_server_that_does_not_answer_is_told():
    with pytest.raises(FileError) as caught:
        open_planner("postgresql://planner@127.0.0.1:9/planner")
    assert str(caught.value) == (
        "the planner 'planner on 127.0.0.1' cannot be opened (no server answers at 127.0.0.1, port "
        "9); see that the address is right and the server runs, and try again"
    )


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("the database system is starting up", "the server begins or repairs itself; try again"),
        ("the database system is shutting down", "ask whoever keeps the server when it is back"),
        ("sorry, too many clients already", "too many others use the server now; try again"),
        ("No space left on device", "make room on the server's disk, and try again"),
        ("deadlock detected", "somebody else is saving in it; try again in a moment"),
    ],
)
def test_what_a_server_says_of_itself_comes_with_what_to_do(message, words):
    """PostgreSQL's own sentences; to be in such a state just then, no test can arrange."""
    assert advice(message).startswith(words)


def test_a_database_that_is_not_there_is_told(address):
    with pytest.raises(FileError) as caught:
        open_planner(f"{address}_of_nobody")
    name = address.rsplit("/", 1)[1] + "_of_nobody"
    assert str(caught.value) == (
        f"the planner '{name} on 127.0.0.1' cannot be opened (database \"{name}\" does not exist); "
        "see that the address is right, and that the database is made"
    )


def test_a_driver_that_is_not_installed_is_named():
    with pytest.raises(MissingPartError) as caught:
        open_planner("postgresql+asyncpg://planner@127.0.0.1/planner")
    assert str(caught.value) == (
        "'asyncpg' is not installed, and a planner on a server needs it; install it with: "
        "pip install 'cstools[server]'"
    )


def test_where_the_server_can_all_that_is_sent_is_encrypted():
    """Before a name or a password is sent comes the question, and after its yes a TLS handshake."""
    heard = []

    def answers(listening):
        there, _ = listening.accept()
        with there:
            heard.append(there.recv(64))
            there.sendall(b"S")
            heard.append(there.recv(3))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answers, args=[listening])
        thread.start()
        with pytest.raises(FileError):
            open_planner(f"postgresql://somebody@127.0.0.1:{listening.getsockname()[1]}/planner")
        thread.join()
    assert heard == [struct.pack("!ii", 8, 80877103), b"\x16\x03\x01"]


def test_many_coordinators_save_at_once_and_every_save_lands(address, planner, states_of_many):
    failures = []

    def saves(cohort):
        other = cohort.select(12, seed=3)
        try:
            for _ in range(2):
                open_planner(address).save(cohort)
                open_planner(address).save(other)
            open_planner(address).save(cohort)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=saves, args=(cohort,)) for cohort in states_of_many]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [planner.load(cohort.name) for cohort in states_of_many] == list(states_of_many)
    assert planner.log().notes == ("The chain is whole.",)


@pytest.fixture
def states_of_many(paired):
    return tuple(replace(paired, name=f"Class {number}") for number in range(4))


def test_a_save_waits_for_another_one_and_then_says_so(planner, address, paired, monkeypatch):
    monkeypatch.setattr(server, "PATIENCE", "100ms")
    other = open_planner(address)
    before = planner.load(paired.name)
    with planner.place.writing(f"home/{paired.name}"), pytest.raises(FileError) as caught:
        other.save(paired.select(12, seed=3))
    assert str(caught.value) == (
        f"the planner '{planner.place.title}' cannot be used now (canceling statement due to lock "
        "timeout); nothing was written: somebody else is saving in it; try again in a moment"
    )
    assert planner.load(paired.name) == before


def test_a_server_that_may_only_be_read_says_so(planner, address, paired):
    with planner.place.writing("x") as connection:
        name = address.rsplit("/", 1)[1]
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    reader = open_planner(address)
    assert reader.load(paired.name) == paired
    with pytest.raises(FileError) as caught:
        reader.save(paired.select(12, seed=3))
    assert str(caught.value) == (
        f"the planner '{planner.place.title}' cannot be used now (cannot execute DELETE in a "
        "read-only transaction); nothing was written: you may read it here, not write; ask its "
        "owner for the right to write"
    )
    assert planner.load(paired.name) == paired


def test_whoever_may_read_the_names_and_not_write_is_told(planner, address, paired):
    reader = f"looker_{planner.place.title.split()[0]}"
    with planner.place.writing("x") as connection:
        connection.execute(text(f"CREATE ROLE {reader} LOGIN"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA people TO {reader}"))
        for schema in ("public", "people"):
            rights = f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {reader}"
            connection.execute(text(rights))
    looking = open_planner(address.replace("planner@", f"{reader}@"))
    assert looking.load(paired.name) == paired
    with pytest.raises(FileError) as caught:
        looking.save(paired.select(12, seed=3))
    assert str(caught.value) == (
        f"the planner '{planner.place.title}' cannot be used now (permission denied for table "
        "buddies); nothing was written: ask whoever keeps the server for the right to it"
    )
    assert planner.load(paired.name) == paired


KILLED = """
from pathlib import Path
from tests.cohorts import postgres
with postgres.server(postgres.programs()) as server:
    print(server.new_database(), server.folder, flush=True)
    input()
"""


@pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL is not installed here")
def test_a_server_of_the_tests_ends_with_them_when_they_are_killed():
    tests = subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with tests:
        address, folder = tests.stdout.readline().decode().split()
        open_planner(address)
        tests.kill()
    for _ in range(600):  # far longer than a server needs to end
        if not Path(folder).exists():
            break
        time.sleep(0.1)
    assert not Path(folder).exists()
    with pytest.raises(FileError, match="cannot be opened"):
        open_planner(address)
