"""Write the expected report as it is made now: ``python -m tests.report.renew`` from the top folder."""

from __future__ import annotations

from tests.conftest import BICYCLE
from tests.report.test_report import EXPECTED, MADE, told, without_versions

from syncsage import Engine


def renew() -> None:
    """Hold the interview of the test again, and keep its report."""
    report = told(Engine.load(BICYCLE)).report(made=MADE)
    EXPECTED.write_text(without_versions(report.to_markdown()), "utf-8")


if __name__ == "__main__":
    renew()
