"""What is given away: reports and sessions, with names masked unless somebody wants them, and the way back beside."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from syncsage.errors import InputError

if TYPE_CHECKING:
    from syncsage.masking import NameMap
    from syncsage.report import Report

Form = Literal["md", "html", "json"]
FORMS: tuple[Form, ...] = ("md", "html", "json")


def now() -> datetime:
    """Return the time that reports are given, in UTC."""
    return datetime.now(UTC)


def form_of(path: Path) -> Form:
    """Return the form that the ending of ``path`` asks for.

    Raises:
        InputError: It asks for none.
    """
    endings: dict[str, Form] = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".json": "json"}
    form = endings.get(path.suffix.lower())
    if form is None:
        raise InputError(f"what form is {path}? End the name in .md, .html or .json")
    return form


def rendered(report: Report, form: Form) -> str:
    """Return a report in one of its forms."""
    if form == "json":
        return json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n"
    return report.to_html() if form == "html" else report.to_markdown()


def names_beside(path: Path) -> Path:
    """Return where the names of a masked file are kept unless another place is named."""
    return path.with_suffix(".names.json")


def write(path: Path, text: str) -> None:
    """Write a file in UTF-8.

    Raises:
        InputError: It cannot be written.
    """
    try:
        path.write_text(text, "utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from error


def keep_names(names: NameMap, place: Path) -> str:
    """Write down who is who, for its owner only, and return what to say about it; nothing where nobody was masked.

    Raises:
        InputError: The file cannot be written.
    """
    if not names.names:
        return ""
    names.save(place)
    count = len(names.names)
    return f"{count} {'name is' if count == 1 else 'names are'} masked; {place} tells who is who: keep it to yourself"
