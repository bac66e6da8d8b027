"""A PostgreSQL server of the tests' own: made in a temporary folder, gone when they end.

PostgreSQL refuses to run as root; started by root, it runs as a user without rights. That user
needs no line in the system's list of users: libnss-wrapper (Debian's package of that name) tells
the server about it, where it is installed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

OTHER_USER = 65534  # on every Linux the user who owns nothing
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; Debian keeps them out of the way."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in folders), key=lambda f: int(f.parent.name), default=None)


@contextmanager
def server(folder_of_programs: Path) -> Iterator[Callable[[], str]]:
    """Run a server; give a function that makes a new database and returns its address."""
    folder = Path(tempfile.mkdtemp(prefix="cstools-server-"))
    port = _free_port()
    try:
        if os.geteuid() == 0:
            os.chown(folder, OTHER_USER, OTHER_USER)
            _tell_of_the_user(folder)
        data = str(folder / "data")
        run = _runner(folder_of_programs, folder)
        run("initdb", "-D", data, "-A", "trust", "-U", "planner", "-E", "UTF8", "--no-locale", "-N")
        listens = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        run("pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", f"{listens} {FAST}", "start")
        try:
            yield _databases(f"postgresql://planner@127.0.0.1:{port}")
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-W", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _databases(address: str) -> Callable[[], str]:
    numbers = count()
    engine = create_engine(
        f"{address.replace('://', '+pg8000://')}/postgres",
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
    )

    def made() -> str:
        name = f"planner{next(numbers)}"
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        return f"{address}/{name}"

    return made


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
            stdout=subprocess.DEVNULL,
            **other,
        )

    return run
