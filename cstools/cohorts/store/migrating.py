"""A store is brought to the newest version of its tables; a newer program's is left alone."""

from __future__ import annotations

from importlib import resources
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from cstools.errors import FileError


def is_newest(connection: Connection, name: str, title: str) -> bool:
    """Return whether the tables of one half (``people`` or ``runs``) are the newest known.

    Raises
    ------
    FileError
        When a newer version of this package made them: this one cannot know what they mean.
    """
    found = MigrationContext.configure(connection).get_current_heads()
    with resources.as_file(_folder(name)) as steps:
        script = ScriptDirectory.from_config(_config(str(steps)))
        known = {step.revision for step in script.walk_revisions()}
        if not set(found) <= known:
            version = ", ".join(sorted(set(found) - known))
            raise FileError(
                f"{title} was written by a newer version of cstools (its tables are '{version}'); "
                "install that version here: pip install --upgrade 'cstools[planner]'"
            )
        return set(found) == set(script.get_heads())


def bring_up_to_date(connection: Connection, name: str) -> None:
    """Bring one half to the newest version, inside the transaction that is open."""
    with resources.as_file(_folder(name)) as folder:
        config = _config(str(folder))
        script = ScriptDirectory.from_config(config)

        def steps(revision: Any, _context: Any) -> Any:
            return script._upgrade_revs("head", revision)

        with EnvironmentContext(config, script, fn=steps) as environment:
            environment.configure(connection=connection, transactional_ddl=True)
            environment.run_migrations()


def _folder(name: str) -> Any:
    return resources.files("cstools.cohorts.store").joinpath("migrations", name)


def _config(folder: str) -> Config:
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
