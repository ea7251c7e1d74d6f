"""One thread for small matrices."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Hold numpy's matrix library to one thread within the block.

    On matrices this small several threads wait for each other, and spin while they do (docs/benchmarks.md).
    """
    limits: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limits


@lru_cache(maxsize=1)
def _controller() -> ThreadpoolController:
    """Look for the library once: that takes a millisecond or two."""
    from threadpoolctl import ThreadpoolController

    import_module("numpy")  # only a library that is loaded is found

    return ThreadpoolController()
