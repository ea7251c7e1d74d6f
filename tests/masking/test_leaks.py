"""Nothing that is masked shows in any form of a report or in an exported interview, and the map undoes it exactly."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.engine import Engine
from syncsage.knowledge.model import KnowledgeBase
from syncsage.masking import Names
from syncsage.report.model import Report
from syncsage.session import Session

_CERTAIN = "E21 check speed sensor"
_SIGNS = list("ab1\\/.:@-_$ \n=,'\"<HOST-1bDOMAINUSERIP")
letters = st.text("bcdfghjklmnpqrstvwxz", min_size=6, max_size=10)
spelled = st.sampled_from([str.lower, str.upper, str.capitalize])
#: Ways to write a machine, a domain and a person, and a word between them.
templates = st.sampled_from(
    [
        "http://{host}:8080/x",
        "\\\\{host}\\{share}\\list.txt",
        "{host}.{domain}.com",
        "{host} is slow",
        "{domain}\\{user}",
        "{user}@{domain}.com",
        "C:\\Users\\{user}\\ride.log",
        "`{host}` **{user}** <b>{domain}</b>",
        "{ip}:443",
        "CN={host}, DC={domain}, DC=com",
        "({user}; {share})",
        "{domain}",
    ]
)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Draw texts that speak of a few names, each of which its surroundings give away at least once."""
    host, domain, user, share = draw(st.lists(letters, min_size=4, max_size=4, unique=True))
    address = ".".join(["10", *(str(draw(st.integers(10, 250))) for _ in range(3))])
    telling = [f"\\\\{host}\\{share}\\x", f"{user}@{domain}.com", f"{host}.{domain}.com", address]
    parts = telling + draw(st.lists(templates, min_size=1, max_size=8))
    filled = []
    for part in draw(st.permutations(parts)):
        change = draw(spelled)
        filled.append(part.format(host=change(host), domain=change(domain), user=change(user), share=share, ip=address))
    middle = draw(st.integers(1, len(filled)))
    texts = [f"{_CERTAIN} {' '.join(filled[:middle])}", "\n".join([_CERTAIN, *filled[middle:]])]
    return texts, [host, domain, user, share, address]


def told(engine: Engine, texts: list[str]) -> Session:
    session = engine.session()
    for text in texts:
        session.tell(text)
    session.answer("magnet-at-sensor", "yes")
    return session


def forms(report: Report) -> dict[str, str]:
    return {
        "Markdown": report.to_markdown(),
        "page": report.to_html(),
        "data": json.dumps(report.to_dict(), ensure_ascii=False),
        "text": report.to_text(),
    }


@settings(max_examples=60, deadline=None)
@given(story=stories())
def test_no_name_shows_and_the_map_brings_all_back(
    certain_engine: Engine, tmp_path_factory: pytest.TempPathFactory, story: tuple[list[str], list[str]]
) -> None:
    texts, secrets = story
    session = told(certain_engine, texts)
    names, folder = session.names(), tmp_path_factory.mktemp("export")
    session.masked(names).save(folder / "masked.json")
    session.save(folder / "plain.json")
    shown = forms(session.report(names)) | {"session": (folder / "masked.json").read_text("utf-8")}
    for name, text in shown.items():
        for secret in secrets:
            assert secret not in text.lower(), f"{secret} in {name}"
    bare = replace(session.report(unmasked=True), masked=True)
    for name, text in forms(bare).items():
        if name != "text":  # its lines break where the names have room
            assert names.map.unmask(shown[name]) == text
    back = tmp_path_factory.mktemp("back") / "s.json"
    back.write_text(names.map.unmask(shown["session"]), "utf-8")
    assert Session.load(certain_engine, back).events == session.events
    assert (folder / "plain.json").exists()


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(st.text(st.sampled_from(_SIGNS), max_size=60), max_size=3))
def test_any_text_comes_back_exactly(bicycle: KnowledgeBase, texts: list[str]) -> None:
    names = Names(bicycle, texts)
    for text in texts:
        shown = names.mask(text)
        assert names.map.unmask(shown) == text
        assert shown.count("\n") == text.count("\n")


@given(text=st.text(max_size=200))
def test_masking_takes_every_text(bicycle: KnowledgeBase, text: str) -> None:
    names = Names(bicycle, [text])
    assert names.map.unmask(names.mask(text)) == text


def test_a_masked_interview_goes_on_where_it_was(certain_engine: Engine) -> None:
    session = told(certain_engine, [f"{_CERTAIN} on srv02.corp.acme.com"])
    copy = session.masked()
    assert [cause.id for cause in copy.step.causes] == [cause.id for cause in session.step.causes]
    assert "HOST-1.DOMAIN-1" in copy.events[0].text
    assert copy.names().map.names == {}


def test_secrets_stay_masked_for_good(certain_engine: Engine, tmp_path: Path) -> None:
    session = told(certain_engine, [f"{_CERTAIN} ACME\\jdoe password=hunter2hunter2"])
    names = session.names()
    assert not any("hunter2" in name for name in names.map.names.values())
    session.masked(names).save(tmp_path / "s.json")
    assert not re.search("hunter2|jdoe|acme", (tmp_path / "s.json").read_text("utf-8"), re.IGNORECASE)
