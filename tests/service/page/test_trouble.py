"""What the page does where the service cannot: nothing that was typed is lost, and nothing is done twice."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.service.page.talk import begin, tell


def answering(status: int, detail: str = "no luck", **headers: str) -> Callable[[Route], None]:
    """Return what answers a request with a problem."""
    body = json.dumps({"type": "about:blank", "title": "x", "status": status, "detail": detail})

    def answer(route: Route) -> None:
        route.fulfill(status=status, headers={"Content-Type": "application/problem+json", **headers}, body=body)

    return answer


@pytest.mark.parametrize("fault", ["offline", "409", "500", "503", "garbled"])
def test_what_was_typed_stays_and_can_be_sent_again(page: Page, address: str, fault: str) -> None:
    page.goto(address)
    expect(page.locator("#greeting")).not_to_be_empty()
    keys: list[str] = []

    def fail(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if fault == "offline":
            route.abort("connectionrefused")
        elif fault == "garbled":
            route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")
        else:
            answering(int(fault))(route)

    page.route("**/v1/sessions", fail)
    tell(page, "my bike squeaks")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("What you entered is still here.")
    expect(page.locator("#text")).to_have_value("my bike squeaks")
    page.unroute("**/v1/sessions")
    with page.expect_request("**/v1/sessions") as again:
        alert.get_by_role("button", name="Try again").click()
    expect(page.locator("#next-title")).to_have_text("When do you hear it?")
    expect(alert).to_be_hidden()
    expect(page.locator("#text")).to_have_value("")
    assert keys == [again.value.headers["idempotency-key"]]


def test_a_key_is_asked_for_kept_and_sent(page: Page, address: str) -> None:
    def guard(route: Route) -> None:
        if route.request.headers.get("authorization") == "Bearer ssk_right":
            route.continue_()
        else:
            answering(401, "an API key is needed")(route)

    page.route("**/v1/**", guard)
    page.goto(address)
    dialog = page.get_by_role("dialog", name="API key")
    expect(dialog.get_by_label("Key")).to_be_focused()
    expect(dialog.get_by_text("The key was not taken")).to_be_hidden()
    page.keyboard.type("ssk_wrong")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("The key was not taken")).to_be_visible()
    page.keyboard.type("ssk_right")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bicycles and e-bikes")
    tell(page, "my bike squeaks")
    expect(page.locator("#next-title")).to_be_visible()
    page.reload()
    expect(page.locator("#next-title")).to_be_visible()
    assert page.evaluate("() => localStorage.length") == 0


def test_without_a_key_the_text_stays(page: Page, address: str) -> None:
    page.route("**/v1/**", answering(401, "an API key is needed"))
    page.goto(address)
    dialog = page.get_by_role("dialog", name="API key")
    expect(dialog.get_by_label("Key")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    tell(page, "my bike squeaks")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("alert")).to_contain_text("This service wants an API key.")
    expect(page.locator("#text")).to_have_value("my bike squeaks")


def test_an_interview_that_somebody_else_went_on_with_is_read_again(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    with page.expect_request("**/turns") as sent:
        page.route("**/turns", answering(412, "the session has version 2: read it again"))
        page.keyboard.press("1")
    assert sent.value.headers["if-match"] == '"1"'
    expect(page.get_by_role("alert")).to_contain_text("Somebody else went on with this interview.")
    page.unroute("**/turns")
    page.locator("#next-title").focus()
    page.keyboard.press("1")
    expect(page.locator("#worked")).to_be_visible()


def test_the_page_waits_as_long_as_it_is_asked_to(page: Page, address: str) -> None:
    page.clock.install()
    page.goto(address)
    expect(page.locator("#greeting")).not_to_be_empty()
    page.route("**/v1/sessions", answering(429, "too many", **{"Retry-After": "3"}), times=1)
    tell(page, "my bike squeaks")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("this goes on by itself in 3 seconds.")
    page.clock.run_for(2_000)
    expect(alert).to_contain_text("in 1 second.")
    page.clock.run_for(1_000)
    expect(page.locator("#next-title")).to_have_text("When do you hear it?")


def test_too_much_at_once_is_said(page: Page, address: str) -> None:
    page.goto(address)
    page.route("**/v1/sessions", answering(413))
    tell(page, "my bike squeaks")
    expect(page.get_by_role("alert")).to_contain_text("more than this service takes at once")
    expect(page.locator("#text")).to_have_value("my bike squeaks")


def test_an_interview_that_is_gone_is_said_to_be(page: Page, address: str) -> None:
    page.goto(f"{address}#s={'0' * 32}")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("There is no such interview")
    alert.get_by_role("button", name="New interview").click()
    expect(alert).to_be_hidden()
    expect(page.locator("#text")).to_be_focused()


def test_changed_knowledge_is_said(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")

    def older(route: Route) -> None:
        response = route.fetch()
        body = response.json() | {"gone": ["noise-where"]}
        route.fulfill(response=response, body=json.dumps(body))

    page.route("**/v1/sessions/*", older)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("these answers no longer count: noise-where.")


def test_an_explanation_that_fails_can_be_tried_again(page: Page, address: str) -> None:
    begin(page, address, "my bike squeaks")
    page.route("**/explain?*", answering(500, "the service failed"))
    page.get_by_text("Why this question?").click()
    fold = page.locator("#next .fold")
    expect(fold).to_contain_text("the service failed")
    page.unroute("**/explain?*")
    fold.get_by_role("button", name="Try again").click()
    expect(fold).to_contain_text("What each answer would speak for")
