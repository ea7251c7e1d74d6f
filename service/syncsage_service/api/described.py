"""Words for the description of the API: what a response is, by the name of its schema."""

from __future__ import annotations

from typing import Any

Responses = dict[int | str, dict[str, Any]]


def gives(description: str, schema: str) -> Responses:
    """Return the description of a successful response in JSON.

    Args:
        description: What it is.
        schema: Name of its schema among the components.
    """
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {200: {"description": description, "content": content}}
