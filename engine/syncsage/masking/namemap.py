"""The way back: which pseudonym stands for which name."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from syncsage.errors import InputError
from syncsage.masking.sighting import Kind

_FORMAT = 1
#: A pseudonym: its kind, a number, and letters where the same name is also written in another way.
#: It may also follow what JSON writes for a line end or another character.
PSEUDONYM = re.compile(
    r"(?:(?<![^\W_])|(?<=\\[nrtbf])|(?<=\\u[0-9a-fA-F]{4}))"
    rf"(?:{'|'.join(get_args(Kind))})-[0-9]+[a-z]*(?![^\W_])"
)


@dataclass(frozen=True, slots=True)
class NameMap:
    """Pseudonyms and the names they stand for. Keep it to yourself: it undoes the masking."""

    names: Mapping[str, str]

    def unmask(self, text: str) -> str:
        """Return ``text`` with every pseudonym of this map replaced by its name."""
        return PSEUDONYM.sub(lambda found: self.names.get(found.group(), found.group()), text)

    def save(self, path: Path | str) -> None:
        """Write the map to a file, readable by its owner only.

        Raises:
            InputError: The file cannot be written.
        """
        target = Path(path)
        body = json.dumps({"format": _FORMAT, "names": dict(self.names)}, ensure_ascii=False, indent=2)
        try:
            with tempfile.TemporaryDirectory(dir=target.parent) as folder:
                fresh = Path(folder) / "names"
                fresh.touch(mode=0o600)
                fresh.write_text(body + "\n", "utf-8")
                fresh.replace(target)
        except OSError as error:
            raise InputError(f"cannot write {target}: {error.strerror}") from error

    @classmethod
    def load(cls, path: Path | str) -> NameMap:
        """Read a map.

        Raises:
            InputError: The file cannot be read or is no map of names.
        """
        try:
            data = json.loads(Path(path).read_text("utf-8"))
            names = data["names"] if data["format"] == _FORMAT else None
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path} is not a map of names") from error
        if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
            raise InputError(f"{path} is not a map of names of format {_FORMAT}")
        return cls(names)
