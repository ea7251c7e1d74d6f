"""How often somebody may ask, in a window that moves. The count is kept in each process of its own."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from syncsage.errors import InputError


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to somebody.

    Attributes:
        granted: The request may go on.
        limit: Requests in a window.
        window: Its length in seconds.
        remaining: Requests that are left in it.
        wait: Seconds until there is one more.
    """

    granted: bool
    limit: int
    window: int
    remaining: int
    wait: int

    @property
    def headers(self) -> dict[str, str]:
        """Headers that say so (draft-ietf-httpapi-ratelimit-headers; RFC 9110, 10.2.3)."""
        told = {
            "RateLimit-Policy": f'"default";q={self.limit};w={self.window}',
            "RateLimit": f'"default";r={self.remaining};t={self.wait}',
        }
        return told if self.granted else told | {"Retry-After": str(self.wait)}


class Rate:
    """Counts requests.

    Args:
        rate: How many in what time, such as ``240/minute``.

    Raises:
        InputError: ``rate`` is none.
    """

    def __init__(self, rate: str) -> None:
        try:
            self._item = parse(rate)
        except ValueError as error:
            raise InputError(f"SYNCSAGE_RATE is {rate!r}: a rate such as 240/minute is wanted") from error
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def take(self, who: str) -> Allowance:
        """Count a request of ``who``."""
        return self._allowance(self._limiter.hit(self._item, who), who)

    def left(self, who: str) -> Allowance:
        """Return what is left to ``who`` without counting anything."""
        return self._allowance(self._limiter.test(self._item, who), who)

    def _allowance(self, granted: bool, who: str) -> Allowance:
        stats = self._limiter.get_window_stats(self._item, who)
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        return Allowance(granted, self._item.amount, self._item.get_expiry(), stats.remaining, wait)
