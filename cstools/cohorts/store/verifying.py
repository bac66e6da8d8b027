"""Whether a certificate's id is valid, asked of all the runs that a planner keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from cstools.cohorts.certificates.certificates import Verification
from cstools.cohorts.certificates.ids import tidy, well_formed
from cstools.cohorts.store.tables_of_rooms import certificates
from cstools.cohorts.store.tables_of_store import runs

if TYPE_CHECKING:
    from cstools.cohorts.store.planner import Planner


def verify_certificate(planner: Planner, id: str) -> Verification:
    """Return whether an id is valid, superseded or unknown, over every run of the organisation.

    It answers without the names too, from ``runs.sqlite`` alone.
    """
    spelled = tidy(id)
    ours = (
        certificates.c.certificate == spelled,
        certificates.c.org_id == planner.organisation,
        runs.c.org_id == certificates.c.org_id,
        runs.c.run_id == certificates.c.run_id,
    )
    with planner.place.reading() as connection:
        run = connection.execute(select(runs.c.name).where(*ours)).scalar()
    if run is None:
        return Verification(spelled if well_formed(spelled) else id, "unknown")
    return planner.load(run).certificates.verify(spelled)
