"""Words for the description of the API: what a response is, by the name of its schema."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from syncsage_service.problems import MEDIA_TYPE

Responses = dict[int | str, dict[str, Any]]


def gives(description: str, schema: str) -> Responses:
    """Return the description of a successful response in JSON.

    Args:
        description: What it is.
        schema: Name of its schema among the components.
    """
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {200: {"description": description, "content": content}}


def problems(*statuses: int, **why: str) -> Responses:
    """Return the description of problems that an endpoint answers with; what every one answers with is added later.

    Args:
        statuses: Statuses that need no further word.
        why: What others mean, by ``_<status>``.
    """
    meanings = {status: HTTPStatus(status).phrase for status in statuses}
    meanings |= {int(name.removeprefix("_")): words for name, words in why.items()}
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": words, "content": content} for status, words in sorted(meanings.items())}
