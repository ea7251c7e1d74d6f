"""How a person uses the page, for the tests."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def tell(page: Page, text: str) -> None:
    """Type a text into the box and send it with the keyboard."""
    page.get_by_role("textbox").first.fill(text)
    page.keyboard.press("Enter")


def asked(page: Page) -> str:
    """Return what is asked, once nothing is under way."""
    expect(page.locator("main")).to_have_attribute("aria-busy", "false")
    return page.locator("#next-title").inner_text()


def begin(page: Page, address: str, text: str) -> None:
    """Open the page, tell something, and wait for what comes next."""
    page.goto(address)
    tell(page, text)
    expect(page.locator("#next-title")).to_be_visible()


def press_until(page: Page, keys: dict[str, str], end: str, *, otherwise: str = "1") -> list[str]:
    """Answer with single keys until ``end`` can be seen; return what was asked.

    Args:
        page: The page.
        keys: Which key to press, by the beginning of what is asked.
        end: Selector of what ends it.
        otherwise: The key for everything else.
    """
    questions: list[str] = []
    while not page.locator(end).count():
        question = asked(page)
        if page.locator(end).count():
            break
        assert len(questions) < 20, questions
        questions.append(question)
        version = page.locator("#said > ol > li").count()
        page.keyboard.press(next((key for start, key in keys.items() if question.startswith(start)), otherwise))
        expect(page.locator("#said > ol > li")).to_have_count(version + 1)
    return questions
