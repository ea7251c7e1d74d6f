"""Sessions over HTTP, in any order of calls, against a model that is nothing but two counters and the last answer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tests.service.conftest import local

TEXTS = st.sampled_from(["E21", "the chain skips over the teeth", "no idea", "E21 under load", "\0\n'; --", "ü" * 50])
#: Keys of the tests before stay taken in the database that all runs share.
_KEYS = count()


@dataclass
class Seen:
    """What is known of a session from outside."""

    version: int
    events: int
    tag: str
    last: Any


class Sessions(RuleBasedStateMachine):
    """A client that opens, continues and deletes sessions as it likes."""

    client: TestClient

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, Seen] = {}
        self.gone: list[str] = []

    def _one(self, data: st.DataObject) -> str:
        # by its place: ids are random, and what is drawn must not depend on them
        return list(self.seen)[data.draw(st.integers(0, len(self.seen) - 1), "session")]

    def _post(self, path: str, body: Any, **headers: str) -> Any:
        answer = self.client.post(path, json=body, headers={k.replace("_", "-"): v for k, v in headers.items()})
        assert answer.status_code < 500, answer.text
        return answer

    def _said(self, id_: str, answer: Any, more: int) -> None:
        before = self.seen[id_]
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert (told["version"], len(told["events"])) == (before.version + 1, before.events + more)
        self.seen[id_] = Seen(told["version"], len(told["events"]), answer.headers["ETag"], told)

    @rule(text=TEXTS, ref=st.sampled_from(["", "4711"]))
    def open(self, text: str, ref: str) -> None:
        body, key = {"text": text, "external_ref": ref}, f"k{next(_KEYS)}"
        first, again = (self._post("/v1/sessions", body, Idempotency_Key=key) for _ in range(2))
        assert (first.status_code, first.content) == (201, again.content)
        told = first.json()
        assert told["version"] == 1
        self.seen[told["id"]] = Seen(1, len(told["events"]), first.headers["ETag"], told)

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), text=TEXTS, matched=st.booleans())
    def tell(self, data: st.DataObject, text: str, matched: bool) -> None:
        id_ = self._one(data)
        condition = {"If_Match": self.seen[id_].tag} if matched else {}
        self._said(id_, self._post(f"/v1/sessions/{id_}/turns", {"kind": "told", "text": text}, **condition), 1)

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        id_ = self._one(data)
        asked = self.seen[id_].last["step"]["next"]
        if asked is None:
            return
        value = data.draw(st.sampled_from([*(choice["value"] for choice in asked["choices"]), "unknown", "nonsense"]))
        answer = self._post(f"/v1/sessions/{id_}/turns", {"kind": "answered", "id": asked["id"], "value": value})
        if answer.status_code != 422:
            self._said(id_, answer, 1)
        else:
            assert value in ("nonsense", "unknown")

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), kind=st.sampled_from(["changed", "undone"]), number=st.integers(0, 6))
    def correct(self, data: st.DataObject, kind: str, number: int) -> None:
        id_ = self._one(data)
        events = self.seen[id_].last["events"]
        meant = next((e for e in events if e["number"] == number), None)
        value = (
            data.draw(st.sampled_from([c["value"] for c in meant["choices"]])) if meant and meant["choices"] else "x"
        )
        body = {"kind": kind, "number": number} | ({"value": value} if kind == "changed" else {})
        answer = self._post(f"/v1/sessions/{id_}/turns", body)
        standing = [e for e in events if e["stands"] and e["kind"] != "undone"]
        if kind == "undone" and not number:
            self._said(id_, answer, 1 if standing else 0)
        elif answer.status_code == 200:
            assert meant is not None
            assert meant["stands"]
            self._said(id_, answer, 1)
        else:
            assert answer.status_code == 422
            assert kind == "changed" or meant is None or not meant["stands"] or meant["kind"] == "undone"

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), number=st.integers(1, 4), mark=st.sampled_from(["done", "skipped", "undone", "eaten"]))
    def tick(self, data: st.DataObject, number: int, mark: str) -> None:
        id_ = self._one(data)
        asked = self.seen[id_].last["step"]["next"]
        body = {"kind": "ticked", "id": asked["id"] if asked else "none", "number": number, "value": mark}
        answer = self._post(f"/v1/sessions/{id_}/turns", body)
        steps = sum(len(asked[part]["steps"]) for part in ("procedure", "verify") if asked and asked.get(part))
        assert (answer.status_code == 200) == (number <= steps and mark != "eaten")
        if answer.status_code == 200:
            self._said(id_, answer, 0)

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), text=TEXTS)
    def tell_twice(self, data: st.DataObject, text: str) -> None:
        id_, key, body = self._one(data), f"k{next(_KEYS)}", {"kind": "told", "text": text}
        first = self._post(f"/v1/sessions/{id_}/turns", body, Idempotency_Key=key)
        self._said(id_, first, 1)
        again = self._post(f"/v1/sessions/{id_}/turns", body, Idempotency_Key=key)
        assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true")
        other = self._post(f"/v1/sessions/{id_}/turns", body | {"text": "else"}, Idempotency_Key=key)
        assert other.status_code == 422

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), off=st.sampled_from([-1, 1, 1000]))
    def write_to_another_version(self, data: st.DataObject, off: int) -> None:
        id_ = self._one(data)
        stale = {"If-Match": f'"{self.seen[id_].version + off}"'}
        answer = self._post(f"/v1/sessions/{id_}/turns", {"kind": "undone"}, If_Match=stale["If-Match"])
        assert answer.status_code == 412
        assert self.client.delete(f"/v1/sessions/{id_}", headers=stale).status_code == 412

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        id_ = self._one(data)
        answer = self.client.delete(f"/v1/sessions/{id_}", headers={"If-Match": self.seen.pop(id_).tag})
        assert answer.status_code == 204
        self.gone.append(id_)

    @rule()
    def reload(self) -> None:
        assert self.client.post("/v1/kb/reload").status_code == 200

    @invariant()
    def all_is_as_it_was_answered(self) -> None:
        for id_, seen in self.seen.items():
            shown = self.client.get(f"/v1/sessions/{id_}")
            assert (shown.status_code, shown.json(), shown.headers["ETag"]) == (200, seen.last, seen.tag)
            known = self.client.get(f"/v1/sessions/{id_}", headers={"If-None-Match": seen.tag})
            assert (known.status_code, known.content) == (304, b"")
        for id_ in self.gone:
            assert self.client.get(f"/v1/sessions/{id_}").status_code == 404

    @invariant()
    def the_list_names_those_that_are_there(self) -> None:
        listed = {row["id"]: row["version"] for row in self.client.get("/v1/sessions").json()["sessions"]}
        assert listed == {id_: seen.version for id_, seen in self.seen.items()}

    def teardown(self) -> None:
        for id_ in self.seen:
            assert self.client.delete(f"/v1/sessions/{id_}").status_code == 204


def test_any_order_of_calls_leads_where_the_model_says(app: FastAPI) -> None:
    with local(app) as client:
        chosen = settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
            phases=[Phase.generate],  # to make a failure shorter takes minutes here
        )
        run_state_machine_as_test(type("Told", (Sessions,), {"client": client}), settings=chosen)
