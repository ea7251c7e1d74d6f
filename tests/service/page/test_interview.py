"""Whole interviews in a browser, by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from tests.service.page.talk import asked, begin, press_until, tell


def test_an_interview_by_keyboard_ends_with_a_fix_that_worked(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    expect(page.locator("#understood")).to_contain_text("Recognised: The bicycle squeaks (nearly certain).")
    expect(page.locator("#next-title")).to_be_focused()
    assert press_until(page, {}, "#worked") == ["When do you hear it?"]
    expect(page.locator("#next-title")).to_have_text("Clean and oil the chain")
    page.keyboard.press("1")
    expect(page.locator("#next-title")).to_have_text("Solved: the fix worked.")
    expect(page.locator("#next-title")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("Clean and oil the chain it worked")


def test_the_bundled_knowledge_is_interviewed_the_same_way(page: Page, bundled_address: str) -> None:
    begin(page, bundled_address, "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync")
    expect(page.locator("#understood")).to_contain_text("(certain)")
    expect(page.locator("#understood figcaption")).to_have_text("In line 1 of the text")
    assert press_until(page, {}, "#worked")
    page.keyboard.press("1")
    expect(page.locator("#next-title")).to_have_text("Solved: the fix worked.")


def test_title_and_introduction_come_from_the_knowledge(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bicycles and e-bikes")
    expect(page.locator("#greeting")).to_contain_text("copy the code that its display shows")
    expect(page).to_have_title("Bicycles and e-bikes · SyncSage")


def test_an_introduction_that_comes_late_does_not_disturb(page: Page, address: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/v1/kb", hold)
    begin(page, address, "my bike squeaks")
    read: list[str] = []
    page.on("request", lambda request: read.append(request.url))
    held[0].continue_()
    expect(page.locator("#greeting")).not_to_be_empty()
    expect(page.locator("#next-title")).to_be_focused()
    press_until(page, {}, "#worked")
    assert [url.rpartition("/")[2] for url in read] == ["turns"]


def test_a_reason_for_not_knowing_is_chosen_by_keyboard(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    page.keyboard.press("?")
    expect(page.get_by_role("button", name="I don’t know")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("When do you hear it? no access")


def test_keys_type_while_the_box_has_the_focus_and_can_be_switched_off(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    page.locator("#text").focus()
    page.keyboard.press("1")
    expect(page.locator("#text")).to_have_value("1")
    page.locator("#keys").uncheck()
    page.locator("#next-title").focus()
    page.keyboard.press("1")
    page.keyboard.press("?")
    expect(page.locator(".unknown")).not_to_have_attribute("open", "")
    assert asked(page) == "When do you hear it?"


def test_an_answer_is_changed_and_taken_back(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    page.keyboard.press("1")
    expect(page.locator("#next-title")).to_have_text("Clean and oil the chain")
    page.get_by_label("Change number 2").click()
    page.get_by_role("group", name="Other answers to number 2").get_by_role("button", name="while braking").click()
    expect(page.locator("#next-title")).not_to_have_text("Clean and oil the chain")
    expect(page.locator("#said .replaced")).to_contain_text("while pedalling")
    page.get_by_role("button", name="Take back the last").click()
    expect(page.locator("#next-title")).to_have_text("Clean and oil the chain")
    page.get_by_role("button", name="Take back number 2").click()
    expect(page.locator("#next-title")).to_have_text("When do you hear it?")


def test_a_fix_that_failed_is_not_the_end(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    page.keyboard.press("1")
    expect(page.locator("#worked")).to_be_visible()
    page.keyboard.press("2")
    expect(page.locator("#said")).to_contain_text("it did not work")
    page.locator("#causes summary").first.click()
    expect(page.locator("#causes")).to_contain_text("Ruled out (1)")


def test_reasons_are_shown_on_request(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    page.get_by_text("Why this question?").click()
    expect(page.locator("#next .fold")).to_contain_text("The chain has run dry (58\xa0% → 89\xa0%)")
    page.locator("#causes summary").first.click()
    first, second = page.locator("#causes .causes > li").all()
    expect(first).to_contain_text("possible, 58\xa0%")
    first.get_by_text("How it stands").click()
    expect(first).to_contain_text("Raised by: The bicycle squeaks")
    second.get_by_text("Why it is not the first").click()
    expect(second.locator(".fold").last).to_contain_text("×")
    page.locator("#next-title").focus()
    page.keyboard.press("1")
    expect(page.locator("#worked")).to_be_visible()
    page.get_by_text("What is known, and where from").click()
    expect(page.locator("#understood .fold")).to_contain_text("while pedalling (what you said, number 2)")


def test_ticks_stay_when_the_interview_is_opened_again(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    page.keyboard.press("1")
    page.get_by_label("Wipe the chain with a dry rag").check()
    expect(page.locator("#next")).to_contain_text("1 of 2 steps done")
    assert re.search(r"#s=[0-9a-f]{32}$", page.url)
    page.reload()
    expect(page.locator("#next-title")).to_have_text("Clean and oil the chain")
    expect(page.get_by_label("Wipe the chain with a dry rag")).to_be_checked()
    page.get_by_role("button", name="New interview").click()
    expect(page.locator("#next")).to_be_hidden()
    assert "#" not in page.url


@pytest.mark.parametrize(
    ("text", "understood", "end"),
    [
        ("zzz qqq xyzzy", "I do not recognise this.", "What does the display say"),
        ("crack in the frame", "Stop riding", "This is recognised, but its causes are not covered."),
    ],
)
def test_what_is_not_known_is_said(page: Page, address: str, text: str, understood: str, end: str) -> None:
    begin(page, address, text)
    expect(page.locator("#understood")).to_contain_text(understood)
    expect(page.locator("#next-title")).to_contain_text(end)


def test_an_error_text_that_is_asked_for_is_pasted_into_the_box(page: Page, address: str) -> None:
    begin(page, address, "zzz qqq xyzzy")
    page.get_by_role("button", name="Paste it into the box below").click()
    expect(page.locator("#text")).to_be_focused()
    tell(page, "E21 check speed sensor")
    expect(page.locator("#understood")).to_contain_text("The motor gets no speed signal (certain)")


@pytest.mark.parametrize("format", ["Markdown", "Page", "JSON"])
def test_the_report_is_saved(page: Page, address: str, format: str, tmp_path: Path) -> None:
    begin(page, address, "my bike squeaks")
    with page.expect_download() as saved:
        page.get_by_role("button", name=f"Save the report as {format}").click()
    target = tmp_path / "report"
    saved.value.save_as(target)
    assert "The bicycle squeaks" in target.read_text("utf-8")
    assert re.fullmatch(r"report-[0-9a-f]{8}\.(md|html|json)", saved.value.suggested_filename)


def test_feedback_is_given(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    page.get_by_text("How did it turn out?").click()
    page.get_by_label("A comment").fill("quiet now")
    with page.expect_request("**/feedback") as sent:
        page.get_by_role("button", name="It is fixed").click()
    assert sent.value.post_data_json == {"outcome": "fixed", "cause": "chain-dry", "comment": "quiet now"}
    expect(page.get_by_text("it is noted")).to_be_visible()
