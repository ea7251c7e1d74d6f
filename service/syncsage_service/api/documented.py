"""How problems are described in the OpenAPI document."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from syncsage_service.problems import MEDIA_TYPE


class Problem(BaseModel):
    """What went wrong (RFC 9457); some have further members."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="What went wrong, and what to do.")


def problems(*statuses: int, **why: str) -> dict[int | str, dict[str, Any]]:
    """Return ``responses`` of a route that answers with these problems.

    Args:
        statuses: Statuses that need no further word.
        why: What others mean, by ``_<status>``.
    """
    meanings = {status: HTTPStatus(status).phrase for status in statuses}
    meanings |= {int(name.removeprefix("_")): words for name, words in why.items()}
    schema = Problem.model_json_schema()
    return {
        status: {"description": words, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status, words in sorted(meanings.items())
    }
