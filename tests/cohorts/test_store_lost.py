"""A server that goes, and a line that breaks, at any moment: told in a sentence, and nothing lost.

Kills of the server itself, at random moments, are in ``test_store_kills.py``; here each moment has
its turn.
"""

from __future__ import annotations

import gc
import re
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from cstools.cohorts import Programme, open_planner
from cstools.errors import FileError
from tests.cohorts.people import somebody

# What the driver left open is closed when it is forgotten, and there finds no server any more
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
CRASHED = struct.pack("ii", 1, 0)  # closed like this, a line ends with a reset and not with a bye


def crash(line: socket.socket) -> None:
    """Let a line end as on a machine that crashes."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, CRASHED)


@contextmanager
def going(answer: bytes, reset: bool) -> Iterator[int]:
    """Answer whoever comes with these bytes, and go: politely, or as a machine that crashes."""

    over = threading.Event()

    def go() -> None:
        while not over.is_set():
            with listening.accept()[0] as caller:
                if caller.recv(8):
                    caller.sendall(answer)
                if reset:
                    crash(caller)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=go)
        server.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            socket.create_connection(listening.getsockname()).close()  # it waits for a caller
            server.join()


def refusal(address: str) -> str:
    """Return why a planner cannot be opened; what its driver left open is closed by then."""
    try:
        open_planner(address)
    except FileError as error:
        message = str(error)
    gc.collect()
    return message


@pytest.mark.parametrize("reset", [True, False])
@pytest.mark.parametrize("answer", [b"", b"N", b"S"])
def test_a_server_that_goes_while_it_is_called_is_told(answer, reset):
    with going(answer, reset) as port:
        message = refusal(f"postgresql://planner@127.0.0.1:{port}/planner")
    assert re.fullmatch(
        r"the planner 'planner on 127\.0\.0\.1' cannot be opened "
        rf"\((no server answers at 127\.0\.0\.1, port {port}|network error)\); "
        "see that the address is right and the server runs, and try again",
        message,
    )


class Line:
    """A line to a server; instead of handing on the answer to a certain question, it breaks.

    Questions are counted, since the system may hand on an answer in pieces, or two at once.
    """

    def __init__(self, port: int, reset: bool) -> None:
        self.server, self.reset = port, reset
        self.breaks(0)

    def breaks(self, at: int) -> None:
        """Count the questions from here on, and let the line break at this one; at 0, at none."""
        self.questions, self.breaks_at, self.broken = 0, at, False

    def serve(self, listening: socket.socket) -> None:
        """Join whoever calls with the server, until nobody can call any more."""
        with suppress(OSError):
            while True:
                self._join(listening.accept()[0])

    def _join(self, caller: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self.server))
        for end in (caller, server):  # a few bytes are not held back for more
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=self._ask, args=(caller, server)).start()
        threading.Thread(target=self._answer, args=(caller, server)).start()

    def _ask(self, caller: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while asked := caller.recv(1 << 16):
                self.questions += 1
                self.broken |= self.questions == self.breaks_at
                server.sendall(asked)
            server.shutdown(socket.SHUT_WR)

    def _answer(self, caller: socket.socket, server: socket.socket) -> None:
        with caller, server, suppress(OSError):
            while (answer := server.recv(1 << 16)) and not self.broken:
                caller.sendall(answer)
            if self.reset:
                crash(caller)
            caller.shutdown(socket.SHUT_RD)  # nobody waits there for more: only so it closes


@contextmanager
def line_to(address: str, reset: bool) -> Iterator[tuple[Line, str]]:
    """Lead to a server by a line that can break, as long as the block lasts."""
    port = int(address.rsplit(":", 1)[1].split("/")[0])
    line = Line(port, reset)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = threading.Thread(target=line.serve, args=[listening])
        serving.start()
        try:
            yield line, address.replace(f":{port}/", f":{listening.getsockname()[1]}/")
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            serving.join()


TOLD = re.compile(
    r"the planner '\w+ on 127\.0\.0\.1' "
    r"(cannot be opened \((network error|no server answers at [\d.]+, port \d+)\); see that the"
    r"|cannot be used now \(no server answers at [\d.]+, port \d+\); nothing was written: see that"
    r"|lost its server \(network error\); what was being saved is there whole or not at all: see)"
)


@pytest.fixture
def two():
    """Two states of a small cohort."""
    planned = Programme.load("master-practitioners-2026").plan("Few", secret="a phrase")
    before = planned.enrol(map(somebody, range(2)))
    return before, before.enrol([somebody(2)])


def anew(cohort):
    """Return the same state as a notebook makes it that has not loaded it."""
    return replace(cohort, kept_at="")


@pytest.mark.parametrize(("reset", "step"), [(True, 24), (False, 48)])
def test_a_line_that_breaks_at_any_question_is_told_and_leaves_one_whole_state(
    new_database, two, reset, step
):
    """At each of the first questions, and at some of the hundreds after them.

    Only at the very first nothing may be told: who hears no word on encryption asks again without.
    The last ones say good-bye, and nobody waits for an answer.
    """
    before, after = two
    address = new_database()
    with line_to(address, reset) as (line, by_line):

        def work(at: int) -> str:
            """Open, save and load over a line that breaks at a question; return what is said."""
            open_planner(address).save(anew(before), going_back=True)
            line.breaks(at)
            try:
                planner = open_planner(by_line)
                planner.save(anew(after))
                planner.load(after.name)
            except FileError as error:
                return str(error)
            finally:
                line.breaks_at, line.broken = 0, False
            return "all done"

        assert work(0) == "all done"
        for at in (*range(2 - reset, 8), *range(8, line.questions * 9 // 10, step)):
            assert TOLD.match(work(at)), at
            assert open_planner(address).load(before.name) in two
        gc.collect()
