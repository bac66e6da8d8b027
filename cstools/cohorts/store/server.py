"""A PostgreSQL database as a planner, for an organisation where many coordinators write.

The same tables as in the two files: those of ``people.sqlite`` stand in a schema of their own,
``people``. Whoever may not use that schema reads the cohorts without names.
"""

from __future__ import annotations

import logging
import ssl
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from cstools.cohorts.store.faults import advice, told
from cstools.cohorts.store.migrating import bring_up_to_date, is_newest
from cstools.cohorts.store.place import Place, alone
from cstools.errors import FileError, MissingPartError

_QUIET = "cstools planner"
_NO_TLS = "Server refuses SSL"  # the driver's words; the connection is then made without
PATIENCE = "5s"  # how long a save waits for another one, as SQLite's own 5 seconds


def is_address(place: object) -> bool:
    """Return whether a place is the address of a server, and not a folder."""
    return isinstance(place, str) and "://" in place


def database_at(address: str) -> Place:
    """Return the store in a PostgreSQL database; an empty database becomes a new, empty store.

    Raises
    ------
    FileError
        When the address is of another kind, or the server does not answer or refuses.
    MissingPartError
        When the driver that speaks to PostgreSQL is not installed.
    """
    url = _read(address)
    title = f"{url.database} on {url.host or 'this computer'}"
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            alone(connection, "versions")
            named = _may_use_people(connection)
            for name, schema in (("people", "people"), ("runs", "public"))[not named :]:
                _brought_up_to_date(connection, name, schema, f"the planner '{title}'")
    except DBAPIError as error:
        message = told(error)
        raise FileError(
            f"the planner '{title}' cannot be opened ({message}); {advice(message)}"
        ) from None
    return Place(title, engine, named)


def _read(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        url = make_url("unknown://")
    if url.get_backend_name() != "postgresql" or not url.database:
        raise FileError(
            "a planner on a server has an address such as "
            "'postgresql://coordinator@server.example/planner'; a planner at home is a folder"
        )
    return url.set(drivername="postgresql+pg8000") if url.drivername == "postgresql" else url


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, poolclass=NullPool, pool_logging_name=_QUIET)
    except (ModuleNotFoundError, NoSuchModuleError):
        driver = url.get_driver_name()
        raise MissingPartError(
            f"'{driver}' is not installed, and a planner on a server needs it; "
            "install it with: pip install 'cstools[server]'"
        ) from None

    # a server that is lost is told in a sentence; the pool would print the driver's traceback too
    logging.getLogger(f"sqlalchemy.pool.impl.NullPool.{_QUIET}").setLevel(logging.CRITICAL)

    if url.get_driver_name() == "pg8000":
        _called_with_care(engine, f"{url.host or 'localhost'}, port {url.port or 5432}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reads_only", False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")

    return engine


def _called_with_care(engine: Engine, place: str) -> None:
    """Let pg8000 ask for encryption, go on where there is none, and tell of a server that goes."""
    usual: dict[str, Any] = {"ssl_context": _encrypted_where_it_can()}

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Dialect, _: object, address: list[Any], settings: dict[str, Any]) -> Any:
        failure = dialect.loaded_dbapi.InterfaceError
        try:
            try:
                connection = dialect.connect(*address, **(usual | settings))
            except failure as error:
                if str(error) != _NO_TLS:
                    raise
                usual["ssl_context"] = False
                connection = dialect.connect(*address, **(usual | settings))
        except OSError:  # a server that goes just now; the driver hands on the system's own error
            raise failure(f"no server answers at {place}") from None
        _tell_of_a_lost_line(connection, failure)
        return connection


def _encrypted_where_it_can() -> ssl.SSLContext:
    """Return how the driver connects by itself: encrypted, with whoever answers at the address.

    By itself it would read all certificates that the system trusts, at every connection, and then
    look at none: that takes longer than loading a cohort.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _tell_of_a_lost_line(connection: Any, failure: type[Exception]) -> None:
    """Let a driver's connection say "network error" wherever its line is lost.

    The driver does so everywhere but at an answer's first byte: there it hands on the system's own
    error, in which SQLAlchemy does not see a database's.
    """
    listen = connection.handle_messages

    def handle_messages(context: Any) -> None:
        try:
            listen(context)
        except OSError as error:
            raise failure("network error") from error

    connection.handle_messages = handle_messages


def _may_use_people(connection: Connection) -> bool:
    """Return whether the names are for this user; where nothing is kept yet, they will be."""
    asked = text(
        "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = 'people'"
    )
    return bool(connection.execute(asked).scalar_one_or_none() in (True, None))


def _brought_up_to_date(connection: Connection, name: str, schema: str, title: str) -> None:
    """Bring one half to the newest version; its tables are made in its own schema."""
    found = connection.execute(text("SELECT to_regnamespace(:name)"), {"name": schema}).scalar_one()
    if found is None:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    connection.exec_driver_sql(f"SET LOCAL search_path TO {schema}")
    if not is_newest(connection, name, title):
        bring_up_to_date(connection, name)
