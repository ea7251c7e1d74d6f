"""Where interviews are kept while they are held: one file each, in the folder of the person's state."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from syncsage import Session

#: Interviews that are kept; the oldest beyond that are deleted when a new one begins.
MOST = 100
_ENDING = ".jsonl"


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept interview: its name, when something was last said, how much, and the first words of it.

    ``fault`` says why it cannot be read; empty where it can.
    """

    path: Path
    when: datetime
    events: int
    about: str
    fault: str = ""

    @property
    def name(self) -> str:
        """What to call it by."""
        return self.path.name.removesuffix(_ENDING)


def state_folder(state_dir: Path | None) -> Path:
    """Return ``state_dir``, or the folder where the platform keeps the state of programs."""
    if state_dir is not None:
        return state_dir
    from platformdirs import user_state_path

    return user_state_path("syncsage", appauthor=False)


class Archive:
    """The kept interviews of one person.

    Args:
        state_dir: Folder of the person's state; None for the usual place of the platform.
    """

    def __init__(self, state_dir: Path | None) -> None:
        self.folder = state_folder(state_dir) / "sessions"

    def begin(self, session: Session) -> None:
        """Keep ``session`` in a new file from now on.

        Raises:
            InputError: The folder cannot be written to.
        """
        from syncsage.errors import InputError

        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise InputError(f"cannot write {self.folder}: {error.strerror}") from error
        session.keep(self._fresh())
        for path in self._paths()[MOST:]:
            path.unlink(missing_ok=True)

    def holds(self, path: Path) -> bool:
        """Tell whether ``path`` is one of the files here."""
        return path.parent == self.folder.resolve()

    def entries(self) -> tuple[Kept, ...]:
        """Return what is kept, the latest first."""
        return tuple(map(_entry, self._paths()))

    def find(self, name: str) -> Path:
        """Return the file that ``name`` means: a path, or the name of a kept interview or the beginning of it.

        Raises:
            InputError: There is none, or there are several.
        """
        from syncsage.errors import InputError

        given = Path(name).expanduser()
        if given.is_file():
            return given
        names = [path for path in self._paths() if path.name.startswith(name)]
        exact = [path for path in names if path.name.removesuffix(_ENDING) == name]
        if len(exact or names) == 1:
            return (exact or names)[0]
        if names:
            raise InputError(f"{len(names)} kept interviews begin with {name!r}; syncsage resume --list names them")
        raise InputError(f"no such file, and no kept interview is called {name!r}; syncsage resume --list names them")

    def latest(self) -> Path:
        """Return the interview in which something was said last.

        Raises:
            InputError: None is kept.
        """
        from syncsage.errors import InputError

        paths = self._paths()
        if not paths:
            raise InputError("no interview is kept yet: syncsage begins one, and keeps it by itself")
        return paths[0]

    def _fresh(self) -> Path:
        begun = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
        names = (f"{begun}{'' if n == 1 else f'-{n}'}{_ENDING}" for n in range(1, MOST + 2))
        return next(path for name in names if not (path := self.folder / name).exists())

    def _paths(self) -> list[Path]:
        found: list[tuple[int, str, Path]] = []
        for path in self.folder.glob(f"[!.]*{_ENDING}"):
            with suppress(FileNotFoundError):  # another process may just be tidying up
                found.append((path.stat().st_mtime_ns, path.name, path))
        return [path for _, _, path in sorted(found, reverse=True)]


def _entry(path: Path) -> Kept:
    from syncsage.errors import InputError
    from syncsage.session import read_session

    when = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    try:
        stored = read_session(path)
    except InputError as error:
        return Kept(path, when, 0, "", str(error))
    told = next((event.text for event in stored.events if event.kind == "told"), "")
    return Kept(path, when, sum(event.kind != "ticked" for event in stored.events), told, stored.fault)
