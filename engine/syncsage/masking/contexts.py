"""Names that only their surroundings give away: in web addresses, network paths, accounts, mail, certificates."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from syncsage.knowledge.model import NAME_GROUPS
from syncsage.knowledge.patterns import compiled
from syncsage.masking.dotted import COMMON, EXTENSIONS, is_name, parts
from syncsage.masking.sighting import Kind, Sighting

_URL = re.compile(r"(?i)(?<=[a-z0-9]://)(?:[^\s/@\"'<>]{1,200}@)?(?P<host>[\w-]+(?:\.[\w-]+)*)")
_MAIL = re.compile(r"(?<![\w.+-])(?P<user>[^\W\d_][\w.-]*)(?:\+[\w.-]*)?@(?P<host>[\w-]+(?:\.[\w-]+)*)(?![\w@])")
#: ``\\machine\share\folder``, also with every backslash doubled. What precedes may not be a path itself.
_SHARE = re.compile(
    r"(?<![\w:%)\\])\\{2,4}(?:\?\\{1,2}UNC\\{1,2})?(?P<host>\w[\w-]*(?:\.[\w-]+)*)"
    r"(?P<path>(?:\\{1,2}[^\\/:*?\"<>|\r\n]{1,255}(?=\\))*(?:\\{1,2}[^\\/:*?\"<>|\s,;)\]']{1,255})?)"
)
_ACCOUNT = re.compile(
    r"(?<![\w\\/.:%$)-])(?P<domain>[^\W\d_][\w.-]{0,62})\\(?P<user>\w[\w.-]{0,62})(?P<machine>\$?)(?![\w\\])"
)
_PROFILE = re.compile(
    r"(?i)(?:\\(?:Users|Documents and Settings|Benutzer|Utilisateurs)\\{1,2}|(?<!\w)/(?:home|Users)/)"
    r"(?P<user>\w[\w.-]*)"
)
_PORT = re.compile(r"(?<![\w.:/\\-])(?P<host>[^\W\d_](?=[\w-]*[\d-])[\w-]*\w):\d{2,5}(?![\w:.])")
_SUBJECT = re.compile(r"(?<!\w)(?P<key>CN|OU|O|DC) ?= ?(?P<value>[^,+\"\r\n/\\;<>\]}|]{1,120})", re.IGNORECASE)
_RUN = re.compile(r"\w[\w-]*(?:\.\w[\w-]*)*")
_WORD = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_FILE = re.compile(rf"(?i)\.(?:{'|'.join(sorted(EXTENSIONS))})\Z")

_KINDS: tuple[Kind, ...] = ("HOST", "DOMAIN", "USER", "NAME")


def contexts(
    text: str, patterns: Sequence[str], domains: Collection[str], plain: Callable[[str], bool]
) -> Iterator[Sighting]:
    """Yield the names in ``text`` that their surroundings give away.

    Args:
        text: Any text.
        patterns: Those of the knowledge, with groups called ``host``, ``domain``, ``user`` or ``name``.
        domains: Names known to be domains, in lower case.
        plain: Tells whether a word is one that says nothing about a site.
    """
    yield from _mail(text)
    for pattern in (_URL, _PORT):
        for found in pattern.finditer(text):
            yield from _machine(found.group("host"), found.start("host"), domains, plain)
    yield from _shares(text, domains, plain)
    yield from _profiles(text)
    yield from _accounts(text, plain)
    yield from _subjects(text, plain)
    for source in patterns:
        yield from _told(compiled(source), text, domains, plain)


def _machine(run: str, start: int, domains: Collection[str], plain: Callable[[str], bool]) -> Iterator[Sighting]:
    labels = run.split(".")
    if not all(label.isdigit() for label in labels) and not all(plain(label) for label in labels):
        yield from parts(run, start, domains)


def _mail(text: str) -> Iterator[Sighting]:
    for found in _MAIL.finditer(text):
        yield from _whole(found.group("user"), found.start("user"), "USER")
        kind: Kind = "DOMAIN" if "." in found.group("host") else "HOST"
        yield Sighting(found.start("host"), found.end("host"), kind)


def _shares(text: str, domains: Collection[str], plain: Callable[[str], bool]) -> Iterator[Sighting]:
    for found in _SHARE.finditer(text):
        yield from _machine(found.group("host"), found.start("host"), domains, plain)
        path, start = found.group("path"), found.start("path")
        named = _FILE.sub("", path)
        for seen in _words(named, start, "DIR"):
            if not plain(text[seen.start : seen.end]):
                yield seen


def _profiles(text: str) -> Iterator[Sighting]:
    for found in _PROFILE.finditer(text):
        yield from _whole(found.group("user"), found.start("user"), "USER")


def _accounts(text: str, plain: Callable[[str], bool]) -> Iterator[Sighting]:
    """Yield domain and user of accounts; two plain words or a file behind the backslash are part of a path."""
    for found in _ACCOUNT.finditer(text):
        domain, user = found.group("domain", "user")
        if _FILE.search(user) or (plain(domain) and plain(user)):
            continue
        yield Sighting(found.start("domain"), found.end("domain"), "DOMAIN")
        kind: Kind = "HOST" if found.group("machine") else "USER"
        yield from _whole(user, found.start("user"), kind)


def _subjects(text: str, plain: Callable[[str], bool]) -> Iterator[Sighting]:
    for found in _SUBJECT.finditer(text):
        kind: Kind = "DOMAIN" if found.group("key").upper() == "DC" else "NAME"
        for run in _RUN.finditer(text, found.start("value"), found.end("value")):
            if "." in run.group() and is_name(run.group(), plain):
                yield from parts(run.group(), run.start())
                continue
            for seen in _words(run.group(), run.start(), kind):
                word = text[seen.start : seen.end]
                if word.lower() not in COMMON and not plain(word):
                    yield seen


def _told(
    pattern: re.Pattern[str], text: str, domains: Collection[str], plain: Callable[[str], bool]
) -> Iterator[Sighting]:
    for found in pattern.finditer(text):
        for group, kind in zip(NAME_GROUPS, _KINDS, strict=True):
            value = found.groupdict().get(group)
            if not value:
                continue
            if kind == "HOST":
                yield from _machine(value, found.start(group), domains, plain)
            elif not plain(value):
                yield from _whole(value, found.start(group), kind)


def _words(text: str, start: int, kind: Kind) -> Iterator[Sighting]:
    """Yield the words of ``text``; a number or a single letter tells nothing."""
    for found in _WORD.finditer(text):
        if len(found.group()) > 1 and not found.group().isdigit():
            yield Sighting(start + found.start(), start + found.end(), kind)


def _whole(text: str, start: int, kind: Kind) -> Iterator[Sighting]:
    """Yield ``text`` as one name, as far as it begins and ends with a letter or digit."""
    found = list(_WORD.finditer(text))
    if found and found[-1].end() - found[0].start() > 1:
        yield Sighting(start + found[0].start(), start + found[-1].end(), kind)
