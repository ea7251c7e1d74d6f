"""``serve migrate`` and ``serve prune``."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text
from tests.service.clock import Clock

from syncsage_cli.environment import Environment
from syncsage_cli.main import run
from syncsage_service.desk import Desk
from syncsage_service.store.schema import newest


def serve(command: str, database_url: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    environment = Environment(
        stdin=io.BytesIO(), stdout=out, stderr=err, variables={"SYNCSAGE_DATABASE_URL": database_url}
    )
    return run(["serve", *command.split()], environment), out.getvalue(), err.getvalue()


def test_tables_are_made_before_the_service_starts(database_url: str) -> None:
    status, out, _ = serve("migrate --check", database_url)
    assert (status, out.endswith(f": schema not made yet, this version needs {newest()}\n")) == (1, True)
    for command in ("migrate", "migrate --check"):
        status, out, _ = serve(command, database_url)
        assert (status, out.endswith(f": schema {newest()}\n")) == (0, True)


@pytest.mark.parametrize("command", ["migrate", "migrate --check", "prune"])
def test_a_newer_database_is_left_alone(database: Database, database_url: str, command: str) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    status, out, err = serve(command, database_url)
    assert (status, out) == (2, "")
    assert "written by a newer version" in err


def test_what_is_too_old_is_deleted_by_hand(desk: Desk, clock: Clock, database_url: str) -> None:
    for days in (0, 89, 91):
        clock.now = datetime.now(UTC) - timedelta(days=days)
        desk.open("owner")
    assert serve("prune", database_url) == (0, "deleted: 1 sessions, 0 deliveries, 0 requests\n", "")
    assert len(desk.find(None)) == 2
