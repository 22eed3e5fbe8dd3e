"""What is being typed in an exam: kept for the person of the browser's cookie, or by a client with a token."""

from typing import Any

import pytest

from auth.flows.register import RegisterForm
from tests.api.conftest import PASSWORD, World

OURS = {"Sec-Fetch-Site": "same-origin"}
TEXT = "I live in a small town near the river"


@pytest.fixture
def begun(world: World) -> dict[str, Any]:
    """Sign a browser in and begin its person's first answer; returns what the page sends while it is typed, and whose it is."""
    form = RegisterForm(email="ada@example.com", password=PASSWORD, full_name="Ada Lovelace")
    signed_in = world.services.auth.register_and_sign_in(form, refreshable=False)
    code = world.services.auth.start_handoff(signed_in.session.id)
    world.client.post("/auth/browser/session", json={"code": code}, headers=OURS).raise_for_status()
    exams, owner = world.services.exams, signed_in.user.id
    view = exams.start(owner, format_id="quick-check", level="B1")
    assert view.turn
    exams.begin_answer(owner, view.exam.id, view.turn.key)
    return {"exam_id": view.exam.id, "turn_key": view.turn.key, "kind": "answer", "text": TEXT, "owner": owner}


def kept(world: World, typing: dict[str, Any]) -> tuple[str, str]:
    view = world.services.exams.view(typing["owner"], typing["exam_id"])
    return view.draft, view.notes


def sent(typing: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {name: value for name, value in (typing | other).items() if name != "owner"}


def test_a_page_keeps_the_answer_and_the_notes_that_are_being_typed(world: World, begun: dict[str, Any]) -> None:
    assert world.client.post("/auth/browser/typing", json=sent(begun), headers=OURS).status_code == 200
    assert world.client.post("/auth/browser/typing", json=sent(begun, kind="notes", text="river"), headers=OURS).status_code == 200
    assert kept(world, begun) == (TEXT, "river")


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_cannot_write_into_an_exam(world: World, begun: dict[str, Any], headers: dict[str, str]) -> None:
    assert world.client.post("/auth/browser/typing", json=sent(begun), headers=headers).status_code == 403
    assert kept(world, begun) == ("", "")


def test_nobody_else_can_write_into_an_exam(world: World, begun: dict[str, Any]) -> None:
    token = world.register("eve@example.com")["token"]
    path = f"/api/v1/exams/{begun['exam_id']}/turns/{begun['turn_key']}/draft"
    assert world.client.put(path, json={"text": "mine now"}, headers=world.bearer(token)).status_code == 404
    assert kept(world, begun) == ("", "")
    world.client.cookies.clear()
    assert world.client.post("/auth/browser/typing", json=sent(begun), headers=OURS).status_code == 401


@pytest.mark.parametrize("wrong", [{"text": "x" * 6001}, {"kind": "report"}, {"text": None}, {"exam_id": ""}, {"more": 1}])
def test_nonsense_is_refused(world: World, begun: dict[str, Any], wrong: dict[str, Any]) -> None:
    assert world.client.post("/auth/browser/typing", json=sent(begun, **wrong), headers=OURS).status_code == 422
    assert kept(world, begun) == ("", "")


def test_what_a_page_kept_a_client_finds_and_the_other_way_round(world: World, begun: dict[str, Any]) -> None:
    world.client.post("/auth/browser/typing", json=sent(begun), headers=OURS).raise_for_status()
    login = world.client.post("/login", json={"email": "ada@example.com", "password": PASSWORD}).json()
    headers = world.bearer(login["token"])
    path = f"/api/v1/exams/{begun['exam_id']}"
    assert world.client.get(path, headers=headers).json()["draft"] == TEXT
    answer = world.client.put(f"{path}/turns/{begun['turn_key']}/draft", json={"text": f"{TEXT}."}, headers=headers)
    assert (answer.status_code, answer.json()["draft"]) == (200, f"{TEXT}.")
    assert kept(world, begun) == (f"{TEXT}.", "")
