"""Questions that are not about a finding: which problem it is, what holds, and whether a risky fix is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest
from playwright.sync_api import Page, expect
from tests.conftest import WordEncoder
from tests.service.page.conftest import serving
from tests.service.page.talk import begin

from syncsage.engine import Engine
from syncsage.knowledge.model import KnowledgeBase


@pytest.fixture(scope="module")
def risky_address(bicycle: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service over the bicycle, on which a new chain is a dangerous thing."""
    fix = replace(bicycle.procedures["replace-the-chain"], risk="high", undo="Keep the old chain.")
    words = WordEncoder()
    engine = Engine(replace(bicycle, procedures=dict(bicycle.procedures) | {fix.id: fix}), encoders=(words, words))
    with serving(engine, tmp_path_factory.mktemp("risky")) as address:
        yield address


def opened(page: Page, address: str, text: str, **answers: str) -> None:
    """Open an interview that somebody else has begun."""
    evidence = [{"id": id_.replace("_", "-"), "value": value} for id_, value in answers.items()]
    made = httpx2.post(f"{address}v1/sessions", json={"text": text, "evidence": evidence})
    page.goto(f"{address}#s={made.json()['id']}")
    expect(page.locator("#next-title")).to_be_visible()


def test_one_of_several_problems_is_picked(page: Page, address: str) -> None:
    begin(page, address, "the e-bike does nothing")
    expect(page.locator("#understood")).to_contain_text("I am not sure what this is.")
    page.keyboard.press("1")
    expect(page.locator("#understood")).to_contain_text("The battery is not recognised (your choice).")
    expect(page.locator("#said")).to_contain_text("Which of the problems is it? The battery is not recognised")
    page.get_by_label("Change number 2").click()
    page.get_by_role("button", name="none of them").click()
    expect(page.locator("#understood")).not_to_contain_text("your choice")


def test_two_statements_that_do_not_fit_are_settled(page: Page, address: str) -> None:
    opened(page, address, "[00:01] DISPLAY boot v2.1\n[00:04] FAULT B12", start_step="ready")
    expect(page.locator("#next .eyebrow")).to_contain_text("Two statements do not fit")
    expect(page.locator("#next")).to_contain_text("but pasted line 1 shows")
    page.locator("#next .answer").first.click()
    expect(page.locator("#next .eyebrow")).not_to_contain_text("Two statements do not fit")


@pytest.mark.parametrize(
    ("key", "title"), [("1", "Fit a new chain"), ("2", "The only fix left is the risky one that was not wanted.")]
)
def test_a_risky_fix_is_shown_after_a_yes_only(page: Page, risky_address: str, key: str, title: str) -> None:
    opened(page, risky_address, "the chain skips", chain_gauge="drops-in")
    expect(page.locator("#next .eyebrow")).to_contain_text("Before the fix")
    expect(page.locator("#next .eyebrow")).to_contain_text("high risk")
    expect(page.locator("#next .steps")).to_have_count(0)
    page.keyboard.press(key)
    expect(page.locator("#next-title")).to_have_text(title)


def test_a_command_is_copied(page: Page, bundled_address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begin(page, bundled_address, "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync")
    command = page.locator("#next .command code").first
    page.get_by_role("button", name="Copy the command").first.click()
    expect(page.locator("#live")).to_have_text("Copied.")
    assert page.evaluate("() => navigator.clipboard.readText()") == command.inner_text()
    expect(page.locator("#next")).to_contain_text("Good")
    expect(page.locator("#next")).to_contain_text("Bad")
