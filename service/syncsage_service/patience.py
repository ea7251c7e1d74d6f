"""HTTP/1.1 that does not wait for ever: a connection that never sends the whole head of a request is closed."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds in which the head of a request has to come; a slow line needs one.
SECONDS = 10.0


class PatientProtocol(H11Protocol):
    """Uvicorn's protocol with a time limit for heads; that of bodies is kept by ``access.bodies``."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came, and wait on where it is no whole head."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._end_wait()
        elif self._deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the wait."""
        self._end_wait()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(SECONDS, self._close)

    def _end_wait(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _close(self) -> None:
        self._deadline = None
        # A request may have come and been answered between two looks: then the time between requests holds.
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()
