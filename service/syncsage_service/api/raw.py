"""Bodies as they came, for endpoints that take more than JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request


async def the_body(request: Request) -> bytes:
    """Return the body of the request: the one thing that an endpoint cannot wait for in a thread."""
    return await request.body()


#: A parameter of endpoints. How long it may be is settled before: ``access.bodies``.
TheBody = Annotated[bytes, Depends(the_body)]
