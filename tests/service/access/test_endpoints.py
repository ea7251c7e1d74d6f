"""Endpoints that keep nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from syncsage import Engine, Evidence
from syncsage.observing.logs.model import Track
from syncsage.serialise import plain, track_to_dict

TEXT = "the display says E21 and the motor is off"


def problem(answer: Any, status: int) -> Any:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    return answer.json()


def test_a_diagnosis_is_that_of_the_engine(client: TestClient, engine: Engine) -> None:
    step = engine.diagnose(text=TEXT)
    assert client.post("/v1/diagnosis", json={"text": TEXT}).json() == step.to_dict()
    assert step.next is not None
    answer = {"id": step.next.id, "value": "unknown", "reason": "later"}
    further = client.post("/v1/diagnosis", json={"text": TEXT, "evidence": [answer]}).json()
    assert further["asked"] == 1


def test_what_is_known_beforehand_is_no_question_asked(client: TestClient, engine: Engine) -> None:
    step = engine.diagnose(text=TEXT)
    assert step.next is not None
    given = {step.next.id: step.next.choices[0].value}
    told = client.post("/v1/diagnosis", json={"text": TEXT, "scope": given}).json()
    assert told == engine.diagnose(text=TEXT, scope=given).to_dict()
    assert told["asked"] == 0


def test_halves_of_characters_and_nul_do_no_harm(client: TestClient) -> None:
    body = b'{"text": "E\\u00002\\u00001 \\ud800 on the display", "scope": {}}'
    told = client.post(
        "/v1/parse", content=b'{"text": "E21 \\ud800\\u0000"}', headers={"Content-Type": "application/json"}
    )
    assert told.json()["codes"][0]["code"] == "E21"
    assert client.post("/v1/diagnosis", content=body, headers={"Content-Type": "application/json"}).status_code == 200


@pytest.mark.parametrize("what", ["why", "how", "whynot", "whatif", "rules"])
def test_every_explanation_can_be_had(client: TestClient, engine: Engine, what: str) -> None:
    step = engine.diagnose(text=TEXT)
    assert step.next is not None
    about = {"cause": step.causes[-1].id, "question": step.next.id, "value": "unknown"}
    told = client.post("/v1/explain", json={"text": TEXT, "what": what, **about})
    wanted: dict[str, Callable[[], Any]] = {
        "why": lambda: engine.why(step).to_dict(),
        "how": lambda: engine.explain(step, about["cause"]).to_dict(),
        "whynot": lambda: engine.why_not(step, about["cause"]).to_dict(),
        "whatif": lambda: engine.what_if(step, about["question"], "unknown").to_dict(),
        "rules": lambda: plain(engine.rule_states(step)),
    }
    assert told.json() == wanted[what]()


@pytest.mark.parametrize(
    "asked",
    [{"what": "whatif"}, {"what": "how", "cause": "nothing-of-the-kind"}, {"what": "always"}],
    ids=["lacks a question", "unknown cause", "unknown explanation"],
)
def test_an_explanation_that_cannot_be_given_says_why(client: TestClient, asked: dict[str, str]) -> None:
    assert problem(client.post("/v1/explain", json={"text": TEXT, **asked}), 422)["detail"]


def test_facts_say_where_they_come_from(client: TestClient, engine: Engine) -> None:
    asked = engine.diagnose(text=TEXT).next
    assert asked is not None
    answer = Evidence(asked.id, asked.choices[0].value)
    told = client.post("/v1/facts", json={"text": TEXT, "evidence": [{"id": answer.id, "value": answer.value}]}).json()
    assert told == engine.facts(engine.diagnose([answer], text=TEXT)).to_dict()
    assert [known["finding"] for known in told["known"] if known["origin"]["kind"] == "answer"] == [asked.id]


def test_a_code_is_looked_up_and_what_is_none_is_not_found(client: TestClient) -> None:
    told = client.get("/v1/errors/E21").json()
    assert told["codes"][0]["readings"][0]["entry"]["code"] == "E21"
    problem(client.get("/v1/errors/nothing"), 404)


def test_the_knowledge_can_be_read_entry_by_entry(client: TestClient, engine: Engine) -> None:
    about = client.get("/v1/kb").json()
    assert (about["id"], about["hash"]) == (engine.kb.domain.id, engine.kb.hash)
    for kind in ("problems", "causes", "findings", "procedures"):
        page = client.get(f"/v1/kb/{kind}", params={"limit": 2, "offset": 1}).json()
        assert (page["total"], len(page["items"])) == (about["counts"][kind], 2)
        entry = client.get(f"/v1/kb/{kind}/{page['items'][0]['id']}").json()
        assert entry["id"] == page["items"][0]["id"]
        assert page["items"][0]["title"] in (entry.get("title"), entry.get("ask"))
    problem(client.get("/v1/kb/problems/nothing"), 404)
    problem(client.get("/v1/kb/nothing"), 404)
    problem(client.get("/v1/kb/problems", params={"limit": 0}), 422)


LINES = "the log of a bicycle\nE21 battery not recognised\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_log_comes_in_any_encoding(client: TestClient, engine: Engine, encoding: str) -> None:
    raw = client.post("/v1/track", content=LINES.encode(encoding), headers={"Content-Type": "application/octet-stream"})
    track: Track = engine.track(LINES)
    assert raw.json() == track_to_dict(track)
    assert client.post("/v1/track", json={"text": LINES}).json() == raw.json()


def test_a_timeline_is_a_page_with_a_policy_of_its_own(client: TestClient) -> None:
    headers = {"Content-Type": "text/plain", "Accept": "text/html"}
    page = client.post("/v1/track", content="<script>alert(1)</script> E21", headers=headers)
    assert page.headers["content-type"].startswith("text/html")
    assert "style-src 'unsafe-inline'" in page.headers["content-security-policy"]
    assert "<script" not in page.text


def test_a_log_that_is_none_is_refused(client: TestClient) -> None:
    problem(client.post("/v1/track", content=b"x", headers={"Content-Type": "image/png"}), 415)
    problem(client.post("/v1/track", content=b"", headers={"Content-Type": "text/plain"}), 422)
    problem(client.post("/v1/track", content=bytes(range(32)) * 9, headers={"Content-Type": "text/plain"}), 422)
    assert problem(client.post("/v1/track", json={"log": "x"}), 422)["errors"][0]["place"].startswith("body.")


def test_an_address_says_what_it_takes(client: TestClient) -> None:
    refused = client.put("/v1/sessions/abc")
    problem(refused, 405)
    assert refused.headers["allow"] == "DELETE, GET, HEAD"
    problem(client.get("/nothing"), 404)
    assert problem(client.post("/v1/diagnosis", content="x", headers={"Content-Type": "text/plain"}), 415)["detail"]
    head = client.head("/v1/kb")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(client.get("/v1/kb").content)


def test_an_unknown_member_or_answer_is_named(client: TestClient) -> None:
    wrong = problem(client.post("/v1/diagnosis", json={"txt": "x"}), 422)
    assert wrong["errors"][0]["place"] == "body.txt"
    evidence = [{"id": "nothing-of-the-kind", "value": "yes"}]
    assert "nothing-of-the-kind" in problem(client.post("/v1/diagnosis", json={"evidence": evidence}), 422)["detail"]
