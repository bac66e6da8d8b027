"""A PostgreSQL server of the tests' own: made in a temporary folder, gone when they end.

A keeper, a process of its own, starts the server and stops it as soon as nobody is at the other end
of its standard input: also when the tests are killed, a server never stays behind.

PostgreSQL refuses to run as root; started by root, it runs as a user without rights. That user
needs no line in the system's list of users: libnss-wrapper (Debian's package of that name) tells
the server about it, where it is installed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

ROOT = Path(__file__).resolve().parents[2]
OTHER_USER = 65534  # on every Linux the user who owns nothing
# Written is what the system was given, on the disk or not: enough as long as the machine runs
FAST = "-c fsync=off -c full_page_writes=off -c shared_buffers=32MB"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; Debian keeps them out of the way."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in folders), key=lambda f: int(f.parent.name), default=None)


@dataclass(frozen=True)
class Server:
    """A server that runs: it makes databases, and may break off and be started again."""

    address: str
    folder: Path
    keeper: subprocess.Popen[str]
    _numbers: Iterator[int] = field(default_factory=count)

    def new_database(self, like: str = "template1") -> str:
        """Make a database, empty or a copy of another one, and return its address."""
        name = f"planner{next(self._numbers)}"
        engine = create_engine(
            f"{self.address.replace('://', '+pg8000://')}/postgres",
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={"ssl_context": False},  # nobody listens in, and it takes longer
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {like}")
        return f"{self.address}/{name}"

    def break_off(self) -> None:
        """End all the server's processes at once, whatever they are doing, as a power cut would."""
        self._ask("break off")

    def start(self) -> None:
        """Start the server again after :meth:`break_off`; it repairs itself from its log first."""
        self._ask("start")

    def _ask(self, order: str) -> None:
        assert self.keeper.stdin is not None
        assert self.keeper.stdout is not None
        self.keeper.stdin.write(f"{order}\n")
        self.keeper.stdin.flush()
        if self.keeper.stdout.readline() != "done\n":
            raise RuntimeError(f"the server could not do this: {order}")


@contextmanager
def server(folder_of_programs: Path) -> Iterator[Server]:
    """Run a server as long as the block lasts, or this process."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.cohorts.postgres", str(folder_of_programs)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C in a terminal is for the tests; the keeper sees them end
    )
    with keeper:  # at its end the keeper's standard input is closed, and the keeper waited for
        assert keeper.stdout is not None
        address, _, folder = keeper.stdout.readline().strip().partition(" ")
        if not address:
            raise RuntimeError("the server of the tests did not start; what it said stands above")
        yield Server(address, Path(folder), keeper)
        assert keeper.stdin is not None
        keeper.stdin.close()


def keep(folder_of_programs: Path) -> None:
    """Make and start a server, do what standard input orders, and leave nothing at its end."""
    folder = Path(tempfile.mkdtemp(prefix="cstools-server-"))
    try:
        if os.geteuid() == 0:
            os.chown(folder, OTHER_USER, OTHER_USER)
            _tell_of_the_user(folder)
        run, data, port = _runner(folder_of_programs, folder), str(folder / "data"), _free_port()
        run("initdb", "-D", data, "-A", "trust", "-U", "planner", "-E", "UTF8", "--no-locale", "-N")
        listens = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        begin = ("-D", data, "-w", "-l", f"{folder}/log", "-o", f"{listens} {FAST}", "start")
        end = ("-D", data, "-m", "immediate", "stop")
        run("pg_ctl", *begin)
        try:
            print(f"postgresql://planner@127.0.0.1:{port} {folder}", flush=True)
            for order in sys.stdin:
                run("pg_ctl", *(end if order == "break off\n" else begin))
                print("done", flush=True)
        finally:
            with suppress(subprocess.CalledProcessError):  # it may have been broken off before
                run("pg_ctl", *end)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tell_of_the_user(folder: Path) -> None:
    line = f"server:x:{OTHER_USER}:{OTHER_USER}:made up for a test:{folder}:/bin/sh\n"
    (folder / "users").write_text(line)
    (folder / "groups").write_text(f"server:x:{OTHER_USER}:\n")


def _runner(programs: Path, folder: Path) -> Callable[..., None]:
    environment, other = {**os.environ, "LC_ALL": "C"}, {}
    if os.geteuid() == 0:
        other = {"user": OTHER_USER, "group": OTHER_USER, "extra_groups": []}
        wrapper = next(Path("/usr/lib").glob("*/libnss_wrapper.so"), None)
        if wrapper:
            environment |= {
                "LD_PRELOAD": str(wrapper),
                "NSS_WRAPPER_PASSWD": str(folder / "users"),
                "NSS_WRAPPER_GROUP": str(folder / "groups"),
            }

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / program), *arguments],
            check=True,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            **other,
        )

    return run


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
