"""A recording that is too short, over HTTP: refused, kept, played, handed in as it is, or handed in by the clock."""

from typing import Any

import pytest

from tests.api.conftest import Start, World
from tests.api.test_exams import EXAMS, NO_LIMITS, act, begin
from tests.unit.exam.engine.speaker import silence, spoken

SHORT = spoken(seconds=4)


@pytest.fixture
def headers(world: World) -> dict[str, str]:
    return world.bearer(world.register()["token"])


def last_question(world: World, headers: dict[str, str], **fields: Any) -> dict[str, Any]:
    """Begin the answer of the question that asks for 15 seconds."""
    world.client.put(f"{EXAMS}/consent", json={"agreed": True}, headers=headers).raise_for_status()
    state = begin(world, headers, **fields)
    while state["turn"]["number"] < 4:
        state = act(world, headers, state, "skip")
    return act(world, headers, state, "begin")


def turn(state: dict[str, Any]) -> str:
    return f"{EXAMS}/{state['exam']['id']}/turns/{state['turn']['key']}"


def refused(world: World, headers: dict[str, str], state: dict[str, Any], sound: bytes = SHORT) -> dict[str, Any]:
    answer = world.client.post(f"{turn(state)}/answer", files={"recording": ("a.wav", sound, "audio/wav")}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "EXAM_RECORDING_REFUSED")
    return dict(answer.json())


def now(world: World, headers: dict[str, str], state: dict[str, Any]) -> dict[str, Any]:
    return dict(world.client.get(f"{EXAMS}/{state['exam']['id']}", headers=headers).raise_for_status().json())


def test_the_refusal_says_that_it_is_kept_and_the_state_shows_it_after_a_restart(start: Start) -> None:
    before = start(**NO_LIMITS)
    headers = before.bearer(before.register()["token"])
    state = last_question(before, headers)
    assert state["kept"] is None
    said = refused(before, headers, state)
    assert "kept" in said["message"]
    assert [problem["field"] for problem in said["details"]] == ["recording"]
    assert "of at least 15 s" in said["details"][0]["message"]
    world = start(**NO_LIMITS)
    world.clock.at = before.clock.at
    kept = now(world, headers, state)["kept"]
    assert 4 <= kept["seconds"] < 15
    assert kept["speaking_seconds"] > 2
    assert kept["advice"][0].startswith("Too short: ")
    played = world.client.get(f"{turn(state)}/kept", headers=headers)
    assert (played.content, played.headers["content-type"]) == (SHORT, "audio/wav")
    assert "no-store" in played.headers["cache-control"]


def test_it_is_handed_in_as_it_is_without_being_sent_again(world: World, headers: dict[str, str]) -> None:
    state = last_question(world, headers)
    refused(world, headers, state)
    handed = act(world, headers, state, "kept")
    assert (handed["exam"]["phase"], handed["kept"]) == ("answered", None)
    assert (handed["answer"]["mode"], handed["answer"]["short"], handed["answer"]["late"]) == ("spoken", True, False)
    assert act(world, headers, state, "kept")["answer"] == handed["answer"]
    assert world.client.get(f"{turn(state)}/recording", headers=headers).content == SHORT
    assert world.client.get(f"{turn(state)}/kept", headers=headers).json()["code"] == "EXAM_NOTHING_KEPT"


def test_sent_again_as_it_is_it_is_the_answer_and_stored_once(world: World, headers: dict[str, str]) -> None:
    state = last_question(world, headers)
    refused(world, headers, state)
    refused(world, headers, state)
    files = {"recording": ("a.wav", SHORT, "audio/wav")}
    handed = act(world, headers, state, "answer", files=files, data={"hand_in_anyway": "true"})
    assert handed["answer"]["short"] is True
    assert len(list((world.services.settings.data_dir / "recordings").rglob("*.wav"))) == 1


@pytest.mark.parametrize(("mode", "modes"), [("exam", ["none", "none", "none", "spoken"]), ("practice", ["none", "none", "none"])])
def test_the_end_of_the_time_hands_it_in_in_an_exam_and_only_there(
    world: World, headers: dict[str, str], mode: str, modes: list[str]
) -> None:
    state = last_question(world, headers, mode=mode)
    refused(world, headers, state)
    world.clock.advance(seconds=state["turn"]["answer_seconds"] + 61)
    state = now(world, headers, state)
    answers = world.client.get(f"{EXAMS}/{state['exam']['id']}/answers", headers=headers).json()
    assert [answer["mode"] for answer in answers] == modes
    assert (state["kept"] is None) == (mode == "exam")
    if mode == "exam":
        assert (answers[3]["late"], answers[3]["short"], answers[3]["has_recording"]) == (True, True, True)


def test_what_is_silent_is_not_kept(world: World, headers: dict[str, str]) -> None:
    state = last_question(world, headers)
    assert "kept" not in refused(world, headers, state, silence(3))["message"]
    assert now(world, headers, state)["kept"] is None
    answer = world.client.post(f"{turn(state)}/kept", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "EXAM_NOTHING_KEPT")


def test_it_is_nobody_elses(world: World, headers: dict[str, str]) -> None:
    state = last_question(world, headers)
    refused(world, headers, state)
    eve = world.bearer(world.register("eve@example.com")["token"])
    world.client.put(f"{EXAMS}/consent", json={"agreed": True}, headers=eve).raise_for_status()
    for method in ("GET", "POST"):
        assert world.client.request(method, f"{turn(state)}/kept", headers=eve).json()["code"] == "EXAM_NOT_FOUND"
        assert world.client.request(method, f"{turn(state)}/kept").status_code == 401
    assert now(world, headers, state)["kept"]


def test_it_is_gone_with_the_exam(world: World, headers: dict[str, str]) -> None:
    state = last_question(world, headers)
    refused(world, headers, state)
    world.client.delete(f"{EXAMS}/{state['exam']['id']}", headers=headers).raise_for_status()
    assert not list((world.services.settings.data_dir / "recordings").rglob("*.wav"))
