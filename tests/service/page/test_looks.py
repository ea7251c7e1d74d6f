"""Widths, colours and helpers of people who do not see or use a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.service.page.talk import begin

_LOG = b"[00:01] DISPLAY boot v2.1 SN00412345\n[00:02] BATTERY node 10 online, charge 84\n[00:04] FAULT B12\n"
_OVERFLOW = """() => [...document.querySelectorAll('body *')]
  .filter((element) => !element.closest('pre, .scroll, .unseen, .skip'))
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((element) => element.outerHTML.slice(0, 80))"""


def serious(page: Page) -> list[str]:
    """Return what axe finds that keeps people out."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['html']}"
        for violation in found
        if violation["impact"] in ("serious", "critical", "moderate")
        for node in violation["nodes"]
    ]


def open_everything(page: Page) -> None:
    """Open every fold but the one that takes the focus, and wait for what they fetch."""
    for fold in page.locator("main details:not(.unknown)").all():
        fold.evaluate("(element) => element.setAttribute('open', '')")
    expect(page.get_by_text("One moment …")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, address: str, watched: Callable[[Page], Page], scheme: Literal["light", "dark"]
) -> None:
    # The policy of the page keeps axe out, too.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page = watched(context.new_page())
    page.goto(address)
    expect(page.locator("#greeting")).not_to_be_empty()
    assert serious(page) == []
    page.locator("#file").set_input_files({"name": "a.log", "mimeType": "text/plain", "buffer": _LOG})
    expect(page.locator("#next-title")).to_be_visible()
    open_everything(page)
    assert serious(page) == []
    begin(page, f"{address}?again", "my bike squeaks")
    page.keyboard.press("?")
    assert serious(page) == []
    page.locator("#next-title").focus()
    page.keyboard.press("1")
    expect(page.locator("#worked")).to_be_visible()
    open_everything(page)
    assert serious(page) == []
    context.close()


@pytest.mark.parametrize("width", [320, 375, 1440])
def test_nothing_is_wider_than_the_screen(page: Page, bundled_address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    begin(page, bundled_address, "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync " + "x" * 300)
    open_everything(page)
    assert page.evaluate(_OVERFLOW) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == width


def test_the_question_is_on_the_screen_of_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    begin(page, address, "my bike squeaks")
    expect(page.locator("#next-title")).to_be_in_viewport()
    expect(page.get_by_role("button", name="all the time")).to_be_in_viewport()


def test_the_skip_link_leads_to_the_question_and_keeps_the_address(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    before = page.url
    page.locator("#skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#next-title")).to_be_focused()
    assert page.url == before


def test_listeners_are_told_what_was_understood(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    expect(page.locator("#live")).to_have_text("Recognised: The bicycle squeaks (nearly certain).")
    page.keyboard.press("1")
    expect(page.locator("#live")).to_contain_text("First among the causes: The chain has run dry")
