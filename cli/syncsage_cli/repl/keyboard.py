"""Whether more input is already waiting: the mark of a paste on terminals without bracketed paste."""

from __future__ import annotations

import sys
import time
from typing import BinaryIO

#: Seconds without input after which a paste is over; people type slower, terminals paste faster.
IDLE = 0.05

if sys.platform == "win32":
    import msvcrt

    def input_waits(stream: BinaryIO, idle: float = IDLE) -> bool:
        """Tell whether a key arrives within ``idle`` seconds."""
        end = time.monotonic() + idle
        while time.monotonic() < end:
            if msvcrt.kbhit():
                return True
            time.sleep(idle / 10)
        return False

else:
    import select

    def input_waits(stream: BinaryIO, idle: float = IDLE) -> bool:
        """Tell whether input arrives on a terminal within ``idle`` seconds; of a pipe, never."""
        if not stream.isatty():
            return False
        ready, _, _ = select.select([stream], [], [], idle)
        return bool(ready)
