"""Draft a migration of the service's database: ``python tools/migration.py "Add such a table"``, then tidy it up."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from syncsage_service.store.database import connect
from syncsage_service.store.schema import draft_migration


def main() -> None:
    """Compare what the migrations make with ``tables.py`` and write down the difference."""
    with tempfile.TemporaryDirectory() as folder:
        database = connect(f"sqlite:///{Path(folder) / 'empty.db'}")
        draft_migration(database, " ".join(sys.argv[1:]) or "Change the tables")
        database.dispose()


if __name__ == "__main__":
    main()
