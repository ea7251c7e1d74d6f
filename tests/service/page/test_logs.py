"""Long pastes and log files."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from tests.service.page.talk import begin

LOG = "[00:01] DISPLAY boot v2.1 SN00412345\r\n[00:02] BATTERY node 10 online, charge 84\r\n[00:04] FAULT B12 süß\r\n"

#: Drops a file on the page, as a file manager does.
_DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  for (const kind of ['dragover', 'drop']) {
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }
}"""
_PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const box = document.querySelector('#text');
  box.focus();
  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig", "cp1252"])
def test_a_dropped_log_is_read_in_any_encoding(page: Page, address: str, encoding: str) -> None:
    page.goto(address)
    page.evaluate(_DROP, ["service.log", base64.b64encode(LOG.encode(encoding)).decode()])
    timeline = page.locator("#timeline")
    expect(timeline).to_contain_text("Run 1: failed")
    expect(timeline).to_contain_text("It failed in “Battery answers”.")
    expect(timeline.get_by_role("row", name="2. Battery answers · failed here")).to_be_visible()
    expect(timeline).to_contain_text("FAULT B12")
    expect(page.locator("#next-title")).to_be_visible()
    page.locator("#said summary").first.click()
    expect(page.locator("#said pre")).to_contain_text("FAULT B12 süß")


def test_the_drawing_of_a_timeline_is_saved(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    page.locator("#file").set_input_files({"name": "a.log", "mimeType": "text/plain", "buffer": LOG.encode()})
    expect(page.locator("#next-title")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a page with a drawing").click()
    saved.value.save_as(tmp_path / "page.html")
    assert "FAULT B12 süß" in (tmp_path / "page.html").read_text("utf-8")
    assert saved.value.suggested_filename == "timeline of a.log.html"


def test_a_long_paste_is_folded_and_sent_whole(page: Page, address: str) -> None:
    page.goto(address)
    text = "\n".join(["E21 check speed sensor", *(f"line {n}" for n in range(1_199))])
    page.evaluate(_PASTE, text)
    expect(page.locator("#pastes")).to_contain_text("[paste: 1,200 lines]")
    expect(page.locator("#text")).to_have_value("")
    page.locator("#text").press_sequentially("since monday")
    with page.expect_request("**/v1/sessions") as sent:
        page.keyboard.press("Enter")
    assert sent.value.post_data_json == {"text": f"since monday\n{text}"}
    expect(page.locator("#said")).to_contain_text("A text of 1,201 lines")
    expect(page.locator("#pastes li")).to_have_count(0)


def test_a_folded_paste_is_removed(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(_PASTE, "line\n" * 11)
    page.get_by_role("button", name="Remove paste: 11 lines").click()
    expect(page.locator("#pastes li")).to_have_count(0)
    expect(page.locator("#text")).to_be_focused()


def test_an_empty_file_is_refused(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    page.locator("#file").set_input_files({"name": "a.log", "mimeType": "text/plain", "buffer": b""})
    expect(page.get_by_role("alert")).to_contain_text("a.log is empty.")
    expect(page.locator("#said > ol > li")).to_have_count(1)


def test_several_files_are_taken_one_after_the_other_also_after_a_fault(page: Page, address: str) -> None:
    page.goto(address)
    page.route("**/turns", lambda route: route.abort("connectionrefused"), times=1)
    files = [FilePayload(name=f"{n}.log", mimeType="text/plain", buffer=LOG.encode()) for n in range(3)]
    page.locator("#file").set_input_files(files)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#said > ol > li")).to_have_count(3)
    expect(page.locator("#timeline-title")).to_have_text("Timeline of 2.log")
