"""The log of a service process: one JSON object a line, or lines for a person on a terminal."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def configure(stream: TextIO, level: int = logging.INFO) -> None:
    """Let everything that this process logs go to ``stream``, that of other packages too."""
    on_screen = stream.isatty()
    shown: Processor = (
        structlog.dev.ConsoleRenderer(colors=False)
        if on_screen
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown],
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper("iso", utc=True),
            without_messages,
        ],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.INFO)
    for chatty in ("alembic", "httpx2", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def without_messages(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Put type and places of an error in place of its message, which may quote what somebody pasted."""
    event.pop("color_message", None)
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = [type(part).__name__ for part in _chain(error)]
        frames = traceback.extract_tb(error.__traceback__)
        event["stack"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _chain(error: BaseException) -> list[BaseException]:
    """Return an error and what led to it."""
    found = [error]
    while (below := found[-1].__cause__ or found[-1].__context__) is not None and below not in found:
        found.append(below)
    return found
