"""The forms of a report: whole, valid, and deaf to what a pasted text tries to put into them."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.report.pages import read

from syncsage.engine import Engine
from syncsage.report.markdown import code, fence, plain
from syncsage.report.model import Report
from syncsage.session import Session
from syncsage.step import UNKNOWN

_TAGS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "span", "div",
    "pre", "table", "tr", "th", "td", "footer", "svg", "defs", "pattern", "rect", "text", "line",
}  # fmt: skip
_HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "</pre></table></svg></style></title><a href='http://evil.example/'>x</a>",
    "```\n# owned\n```` \n~~~\n<b>owned</b>\n[x](http://evil.example/) ![x](http://evil.example/x.png)",
    "\x1b[31mred\x1b[0m \x07 \x00 \x9b31m \u202egnp.exe \u2028 \ud800",
    "| a | b |\n|---|---|\n---\n***\n- [ ] done\n1. one\n> quote\n@all #1 &lt;b&gt; &amp;",
)
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def report_of(engine: Engine, *texts: str, answers: tuple[tuple[str, str], ...] = ()) -> Report:
    session = engine.session()
    for text in texts:
        session.tell(text)
    for finding, value in answers:
        session.answer(finding, value)
    return session.report()


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(files("syncsage").joinpath("report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def plain_data(report: Report) -> Any:
    return json.loads(json.dumps(report.to_dict()))


REPORTS: list[tuple[tuple[str, ...], tuple[tuple[str, str], ...]]] = [
    ((), ()),
    (("E21 check speed sensor",), ()),
    (("E21 check speed sensor",), (("magnet-at-sensor", "no"), ("fix:magnet-moved", "worked"))),
    (("E10 battery not found\nBATTERY node 10 up", "my bike squeaks"), (("what-happened", UNKNOWN),)),
    (("the chain jumps over the teeth",), (("chain-gauge", UNKNOWN), ("fix:chain-worn", "failed"))),
    (("crack in the frame",), ()),
    (("quarterly tax return",), (("error-text", "nothing"),)),
]


@pytest.mark.parametrize(("texts", "answers"), REPORTS)
def test_data_keep_their_schema(
    engine: Engine,
    validator: jsonschema.Draft202012Validator,
    texts: tuple[str, ...],
    answers: tuple[tuple[str, str], ...],
) -> None:
    validator.validate(plain_data(report_of(engine, *texts, answers=answers)))


def test_bundled_knowledge_keeps_the_schema_and_the_way_back(validator: jsonschema.Draft202012Validator) -> None:
    session = Engine.load(cache_dir=None).session()
    session.tell(
        "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync\n"
        'STATMSG: ID=6703 SEV=E LEV=M SOURCE="SMS Server" COMP="SMS_WSUS_SYNC_MANAGER" SYS=BERCM1.corp.example SITE=P01'
    )
    session.answer("sup-ports-match", "no")
    report = session.report()
    validator.validate(plain_data(report))
    assert "SYS=HOST-1.DOMAIN-1 SITE=P01" in report.to_markdown()
    assert report.texts[0].log is not None
    assert session.names().map.unmask(report.to_markdown()).count("BERCM1.corp.example") == 1


def test_the_schema_allows_nothing_else(engine: Engine, validator: jsonschema.Draft202012Validator) -> None:
    data = plain_data(report_of(engine, "E21 check speed sensor", answers=(("magnet-at-sensor", "no"),)))
    for broken in (data | {"extra": 1}, data | {"masked": "yes"}, {k: v for k, v in data.items() if k != "causes"}):
        assert not validator.is_valid(broken)
    data["causes"][0]["extra"] = 1
    assert not validator.is_valid(data)


def test_every_part_of_the_data_has_properties_that_are_required(validator: jsonschema.Draft202012Validator) -> None:
    schema: Any = validator.schema
    for shape in (schema, *schema["$defs"].values()):
        assert shape["additionalProperties"] is False
        assert sorted(shape["required"]) == sorted(shape["properties"])


def test_the_page_tells_what_the_markdown_tells(engine: Engine) -> None:
    report = report_of(
        engine, "E21 check speed sensor", answers=(("magnet-at-sensor", "no"), ("fix:magnet-moved", "failed"))
    )
    told = "\n".join(read(report.to_html()).texts)
    markdown = report.to_markdown()
    for heading in re.findall(r"^## (.+)$", markdown, re.MULTILINE):
        assert heading in told
    for part in (report.standing, report.causes[0].title, report.answers[0].question, report.versions.knowledge_hash):
        assert part in told
        assert part in markdown


def test_the_page_is_whole_and_loads_nothing(engine: Engine) -> None:
    page = report_of(engine, "E21 check speed sensor", answers=(("magnet-at-sensor", "yes"),)).to_html()
    reader = read(page)
    assert set(reader.tags) <= _TAGS
    assert not [name for name, _ in reader.attributes if name.startswith("on") or name in ("href", "src", "style")]
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in reader.attributes
    assert re.findall(r"url\([^)]*\)", page) == ["url(#hatching)"]
    assert "@page { size: A4" in page
    assert "prefers-color-scheme: dark" in page


def test_the_drawing_has_a_bar_or_a_mark_for_every_turn_and_a_table_beside_it(engine: Engine) -> None:
    report = report_of(
        engine, "E21 check speed sensor", answers=(("magnet-at-sensor", "yes"), ("fix:magnet-moved", "failed"))
    )
    page = report.to_html()
    bars = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" class="\w+"><title>', page)
    drawn = [cell for moment in report.moments for cell in moment.causes if cell.band != "ruled out"]
    assert len(bars) == len(drawn)
    for x, y, width, height in (map(float, bar) for bar in bars):
        assert 0 <= x <= x + width <= 720
        assert 20 <= y <= y + height
    reader = read(page)
    assert ("role", "img") in reader.attributes
    assert [text for text in reader.texts if text in ("text 1", "answer 1", "fix 1")] == 2 * [
        "text 1",
        "answer 1",
        "fix 1",
    ]


# ------------------------------------------------------------------------------------------------------------- hostile
def meaning(markdown: str) -> set[str]:
    """Return the kinds of everything that a reader of Markdown makes of a text, links without brackets included."""
    parser = MarkdownIt("commonmark").enable("table").enable("strikethrough")
    found: set[str] = set()
    for token in parser.parse(markdown):
        found |= {token.type, *(child.type for child in token.children or ())}
    return found


def check_inert(report: Report, baseline: set[str]) -> None:
    page, markdown, data = report.to_html(), report.to_markdown(), json.dumps(report.to_dict(), ensure_ascii=False)
    assert set(read(page).tags) <= _TAGS
    assert meaning(markdown) <= baseline
    assert not meaning(markdown) & {"html_block", "html_inline", "link_open", "image", "s_open"}
    for form in (page, markdown, data, report.to_text()):
        assert not _STEERING.search(form)
        form.encode("utf-8")


@pytest.fixture(scope="module")
def baseline(engine: Engine) -> set[str]:
    return meaning(report_of(engine, "E21 check speed sensor\nsecond line", "hello\nworld").to_markdown())


@pytest.mark.parametrize("text", _HOSTILE)
def test_a_hostile_paste_stays_text(certain_engine: Engine, baseline: set[str], text: str) -> None:
    report = report_of(certain_engine, f"E21 check speed sensor {text}", f"E21 check speed sensor\n{text}")
    assert any(quote.text.strip() for part in report.texts for quote in part.quotes)
    check_inert(report, baseline)


def test_a_megabyte_is_quoted_in_part(engine: Engine, baseline: set[str]) -> None:
    report = report_of(engine, "E21 check speed sensor " + "`<script>\x1b[31m" * 70_000 + "\n" + "noise `` \n" * 20_000)
    check_inert(report, baseline)
    assert report.texts[0].lines == 20_001
    assert len(report.to_markdown()) < 20_000


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet=st.sampled_from(list("`~<>&[]()!#*_|\\-+=.:/@ \n\t\rab1\x1b\x00\u202e")), max_size=80))
def test_no_paste_gets_out_of_its_fence(certain_engine: Engine, baseline: set[str], text: str) -> None:
    check_inert(report_of(certain_engine, f"E21 check speed sensor {text}"), baseline)


@given(text=st.text(max_size=60))
def test_plain_words_and_code_mean_nothing_in_markdown(text: str) -> None:
    kinds = meaning(f"a {plain(text)}\n\n{code(text)}\n\n" + "\n".join(fence([text])) + "\n")
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "fence", "code_inline", "text_special"}


@given(text=st.text(alphabet=st.sampled_from(list("#-+>=1.) a*_")), max_size=20))
def test_plain_words_begin_no_block(text: str) -> None:
    kinds = meaning(f"- x {plain(text)}\n- {plain(text)}")
    assert not kinds & {"heading_open", "blockquote_open", "ordered_list_open", "hr", "code_block"}


def test_a_report_is_made_of_what_was_told_only(certain_engine: Engine) -> None:
    session = Session(certain_engine)
    session.tell("E21 check speed sensor, password: hunter2hunter2")
    for form in (session.report().to_markdown(), session.report(unmasked=True).to_html()):
        assert "hunter2" not in form
