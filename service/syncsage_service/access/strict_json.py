"""JSON without what readers of JSON disagree about."""

from __future__ import annotations

import json
from typing import NoReturn

from starlette.datastructures import Headers


class UnclearError(ValueError):
    """JSON that is none, or that two readers may take for different things."""


def is_json(headers: Headers) -> bool:
    """Tell whether a body is said to be JSON: ``application/json`` or ``application/...+json``."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def check(data: bytes) -> object:
    """Return the value of ``data``, with names once in each object, and numbers that JSON knows.

    Raises:
        UnclearError: It is not JSON as RFC 8259 has it, names something twice (RFC 8259, 4), holds NaN or Infinity
            (RFC 8259, 6), or goes deeper than can be read.
    """
    try:
        return json.loads(data, object_pairs_hook=_once, parse_constant=_no_number)
    except UnclearError:
        raise
    except json.JSONDecodeError as error:
        raise UnclearError(f"the body is no JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise UnclearError("the JSON of the body is nested too deeply") from None
    except ValueError:  # not Unicode, or an integer of thousands of digits
        raise UnclearError("the body is no JSON in UTF-8 with numbers of a usual size") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise UnclearError("an object of the body has the same name twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise UnclearError(f"{name} is no number in JSON")
