"""Pages built as trees, so that escaping is the serialiser's work and cannot be forgotten.

A page has no script and loads nothing; every text from outside is only ever text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

#: Nothing may be fetched or run, even if a text from outside found a way into the page.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_UNSHOWABLE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u2030-\u2065\u2070-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def page(title: str, style: str) -> tuple[Element, Element]:
    """Return an empty page and its body."""
    root = Element("html", {"lang": "en"})
    head = SubElement(root, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    text(head, "title", title)
    SubElement(head, "style").text = style
    return root, SubElement(root, "body")


def written(root: Element) -> str:
    """Return a page as HTML in which every character can be shown."""
    return "<!DOCTYPE html>\n" + _UNSHOWABLE.sub("\ufffd", tostring(root, encoding="unicode", method="html")) + "\n"


def text(parent: Element, tag: str, content: str, style: str = "") -> Element:
    """Add an element that holds a text, and return it."""
    child = SubElement(parent, tag, {"class": style} if style else {})
    child.text = content
    return child


def add(parent: Element, child: Element | None) -> None:
    """Add an element where there is one."""
    if child is not None:
        parent.append(child)


def terms(parent: Element, cells: Sequence[tuple[str, str]]) -> None:
    """Add a list of labels with their texts, nothing where it would be empty."""
    if not cells:
        return
    listing = SubElement(parent, "dl")
    for label, content in cells:
        text(listing, "dt", label)
        text(listing, "dd", content)
