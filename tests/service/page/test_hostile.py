"""What is pasted is only ever text; the watched page fails a test for any dialog, error or violation of the policy."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import BrowserContext, Page, expect
from tests.service.page.talk import begin, tell

from syncsage_service.api.page import FILES, STATE

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "<svg onload=alert(3)>",
    "<a href='javascript:alert(4)'>javascript:alert(5)</a>",
    "{{constructor.constructor('alert(6)')()}} ${alert(7)} &lt;b&gt;",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_pasted_markup_is_shown_as_text(page: Page, address: str, text: str) -> None:
    begin(page, address, f"E21 check speed sensor {text}")
    expect(page.locator("#said")).to_contain_text(text)
    expect(page.locator("#understood pre")).to_contain_text("E21")
    assert page.locator("main img, main svg, main script, main a").count() == 0
    page.reload()
    expect(page.locator("#said")).to_contain_text(text)


def test_a_hostile_log_and_file_name_are_shown_as_text(page: Page, address: str) -> None:
    page.goto(address)
    log = "[00:01] DISPLAY boot v2.1\n[00:04] FAULT B12 <img src=x onerror=alert(1)>\n"
    name = "<img src=x onerror=alert(2)>.log"
    page.locator("#file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": log.encode()})
    expect(page.locator("#timeline")).to_contain_text("FAULT B12 <img src=x onerror=alert(1)>")
    expect(page.locator("#timeline-title")).to_have_text(f"Timeline of {name}")
    assert page.locator("main img").count() == 0


def test_markup_made_from_text_is_refused_by_the_browser(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return ''; } catch (error) { return error.name; } }"
    )
    assert refused == "TypeError"


def test_every_file_of_the_page_comes_with_the_policy(client: TestClient) -> None:
    for path in ("/", *(f"/page/{STATE}/{name}" for name in FILES)):
        response = client.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert response.status_code == 200
        assert "default-src 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
        again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(path).content == b""


@pytest.mark.parametrize("name", ["nothing.js", "..%2fapp.py", "%2e%2e/app.py", "__init__.py"])
def test_no_other_file_is_given_away(client: TestClient, name: str) -> None:
    assert client.get(f"/page/{STATE}/{name}").status_code == 404


def test_files_are_kept_by_browsers_until_the_page_changes(client: TestClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-cache"
    assert f'src="page/{STATE}/main.js"' in client.get("/").text
    assert "immutable" in client.get(f"/page/{STATE}/main.js").headers["Cache-Control"]
    assert client.get("/page/0123456789abcdef/main.js").headers["Cache-Control"] == "no-cache"


def test_no_markup_is_made_from_text_in_the_source() -> None:
    banned = (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "http://",
        "https://",
        ".cssText",
    )
    assert {"index.html", "main.js", "dom.js"} <= FILES.keys()
    for name, file in FILES.items():
        text = file.body.decode("utf-8")
        assert [word for word in banned if word in text] == [], name


def test_a_text_is_sent_once_however_often_enter_is_pressed(page: Page, address: str) -> None:
    page.goto(address)
    tell(page, "my bike squeaks")
    page.keyboard.press("Enter")
    expect(page.locator("#said > ol > li")).to_have_count(1)
    expect(page.locator("#text")).to_have_value("")
