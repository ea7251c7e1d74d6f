"""Names with dots: which are names of machines, and which are classes, files or versions.

A class is written in mixed case (``System.Net.WebException``), a file ends in an extension, a version in a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from syncsage.masking.sighting import Sighting

#: Words of letters, digits, ``_`` and ``-`` with dots between them; what follows a dot is never begun with.
RUN = re.compile(r"(?<![\w.-])\w[\w-]*+(?:\.[\w-]++)+(?![\w-])")
_LABEL = re.compile(r"[\w-]{1,63}")
#: Names at the top, and those that networks of their own use instead.
_TOPS = frozenset(
    (
        "com net org edu gov mil int info biz name pro cloud online site tech app dev eu local lan corp intern "
        "internal intra intranet home localdomain private priv ad domain dom loc prod office company test example "
        "invalid"
    ).split()
)
#: What the names of files end in.
EXTENSIONS = frozenset(
    (
        "aspx ashx asmx asp bak bat cab cat cer cfg cmd conf config cpp cs csproj css csv dat db dll dmp doc docx "
        "etl evt evtx exe gz htm html ico inf ini jar java jpg js json ldf lnk lo lock log man manifest md mdf mof "
        "msc msi msp msu mui ndf nupkg ocx old pdb pdf pem pfx php pl png pol ps ps1 psd psm py rb reg rpt rs rtf "
        "scf sh sql svc sys tar temp tgz tmp ts tsv txt url vb vbs wim wsf xls xlsx xml xsd xsl yaml yml zip"
    ).split()
)
#: Parts of names that stand in every network: alone they tell nothing.
COMMON = frozenset("www mail smtp ftp proxy gateway ads intern internal root prod dev test lan wan dmz".split()) | _TOPS


def dotted(text: str, domains: Collection[str], plain: Callable[[str], bool]) -> Iterator[Sighting]:
    """Yield the machines and domains that stand in ``text`` with their dots.

    Args:
        text: Any text.
        domains: Names known to be domains, in lower case.
        plain: Tells whether a word is one that says nothing about a site.
    """
    for found in RUN.finditer(text):
        if is_name(found.group(), plain):
            yield from parts(found.group(), found.start(), domains)


def is_name(run: str, plain: Callable[[str], bool]) -> bool:
    """Tell whether ``run`` is the name of a machine or a domain."""
    labels = run.split(".")
    top = labels[-1]
    if not all(_LABEL.fullmatch(label) for label in labels) or not top.isalpha() or len(top) < 2:
        return False
    if not (top.islower() or top.isupper()) or all(plain(label) for label in labels[:-1]):
        return False
    if top.lower() in _TOPS:
        return True
    if top.lower() in EXTENSIONS or max(map(len, labels[:-1])) < 3:
        return False
    if len(top) == 2:  # a country
        return True
    return (run.islower() or run.isupper()) and (len(labels) > 2 or any(c.isdigit() for c in labels[0]))


def parts(run: str, start: int, domains: Collection[str] = ()) -> Iterator[Sighting]:
    """Yield the machine in ``run`` and the domain behind it; of two labels both are the domain."""
    head, dot, rest = run.partition(".")
    if not dot:
        yield Sighting(start, start + len(run), "HOST")
    elif run.lower() in domains or "." not in rest:
        yield Sighting(start, start + len(run), "DOMAIN")
    else:
        middle = start + len(head)
        yield Sighting(start, middle, "HOST")
        yield Sighting(middle + 1, start + len(run), "DOMAIN")


def domain_behind(run: str) -> str:
    """Return the domain of a machine called ``run``, in lower case; empty where ``run`` has but two labels."""
    rest = run.partition(".")[2]
    return rest.lower() if "." in rest else ""
