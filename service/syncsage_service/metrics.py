"""Figures of one service for Prometheus, in a registry of its own.

Several processes of ``serve --workers`` share theirs by files in the folder that ``PROMETHEUS_MULTIPROC_DIR`` names
(the multiprocess mode of prometheus-client).
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from syncsage.session import Session

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Counts.

    Attributes:
        requests: Requests by method, route and status.
        seconds: How long they took, by route.
        engine: How long the engine worked, by what it did.
        sessions: Sessions that were opened.
        matches: Texts by how surely they were recognised.
        rate_limited: Requests that were refused, by ``requests`` or ``failures``.
        hooks: Deliveries of webhooks, by helpdesk and outcome.
    """

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        self.requests = Counter("syncsage_requests", "Requests.", ("method", "route", "status"), registry=own)
        self.seconds = Histogram(
            "syncsage_request_seconds", "Time of a request.", ("route",), registry=own, buckets=_SECONDS
        )
        self.engine = Histogram(
            "syncsage_engine_seconds", "Time that the engine worked.", ("work",), registry=own, buckets=_SECONDS
        )
        self.sessions = Counter("syncsage_sessions_opened", "Sessions that were opened.", registry=own)
        self.matches = Counter(
            "syncsage_matches", "Texts by how surely they were recognised.", ("level",), registry=own
        )
        self.rate_limited = Counter("syncsage_rate_limited", "Requests that were refused.", ("limit",), registry=own)
        self.hooks = Counter("syncsage_hook_deliveries", "Webhooks.", ("source", "outcome"), registry=own)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def opened(self, session: Session) -> None:
        """Count a session, and how surely the text that it began with was recognised."""
        self.sessions.inc()
        if any(event.kind == "told" for event in session.log):
            self.matches.labels(session.step.match).inc()

    def delivered(self, source: str, outcome: str) -> None:
        """Count a delivery of a helpdesk, and what became of it."""
        self.hooks.labels(source, outcome).inc()

    @contextmanager
    def working(self, work: str) -> Generator[None]:
        """Count the time of a piece of the engine's work."""
        begun = perf_counter()
        try:
            yield
        finally:
            self.engine.labels(work).observe(perf_counter() - begun)

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them (text format 0.0.4)."""
        if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            return generate_latest(self._registry)
        every = CollectorRegistry()
        MultiProcessCollector(every)  # type: ignore[no-untyped-call]
        return generate_latest(every)
