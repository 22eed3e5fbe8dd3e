"""The signup conversation over HTTP, with the document's own clients."""

import json
import shutil
import subprocess
import textwrap
from typing import Any

import httpx2
import pytest

from signup.service import SignupService
from tests.api.conftest import Start, World

PATH = "/api/v1/auth/signup/conversation"
STEPS = ["Yes, let's start", "My email is john@example.com", "You can call me johndoe", "MySecureP@ss123", "John", "Doe"]

# The document's Python client with its indentation restored.
PYTHON_CLIENT = '''
from typing import Optional

class ConversationalSignup:
    def __init__(self, base_url="http://localhost:8000"):
        self.base_url = base_url
        self.session_id = None
        self.current_step = "start"

    def send(self, message: str) -> dict:
        """Send message to conversational signup."""
        response = requests.post(
            f"{self.base_url}/api/v1/auth/signup/conversation",
            json={
                "message": message,
                "session_id": self.session_id,
                "current_step": self.current_step
            }
        )

        if response.status_code == 200:
            data = response.json()

            # Update state
            if data.get("session_id"):
                self.session_id = data["session_id"]
            self.current_step = data["next_step"]

            return data
        else:
            raise Exception(f"Request failed: {response.json()}")

    def is_complete(self) -> bool:
        """Check if signup is complete."""
        return self.current_step == "complete"
'''

JAVASCRIPT_CLIENT = """
class ConversationalSignup {
  constructor(baseUrl = 'http://localhost:8000') {
    this.baseUrl = baseUrl;
    this.sessionId = null;
    this.currentStep = 'start';
  }

  async send(message) {
    const response = await fetch(`${this.baseUrl}/api/v1/auth/signup/conversation`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        message,
        session_id: this.sessionId,
        current_step: this.currentStep
      })
    });

    if (response.ok) {
      const data = await response.json();

      // Update state
      if (data.session_id) {
        this.sessionId = data.session_id;
      }
      this.currentStep = data.next_step;

      return data;
    } else {
      throw new Error(`Request failed: ${await response.text()}`);
    }
  }

  isComplete() {
    return this.currentStep === 'complete';
  }
}
"""


def say(world: World, message: str, step: str = "start", session_id: str | None = None, **more: Any) -> dict[str, Any]:
    answer = world.client.post(PATH, json={"message": message, "session_id": session_id, "current_step": step} | more)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_documents_python_client_completes_a_signup(world: World) -> None:
    requests = httpx2.Client(timeout=30)
    room: dict[str, Any] = {"requests": requests}
    exec(PYTHON_CLIENT, room)
    client = room["ConversationalSignup"](world.url)
    greeting = client.send("")
    assert greeting["next_step"] == "start"
    for message in STEPS:
        answer = client.send(message)
        assert answer["success"] is True, answer
    requests.close()
    assert client.is_complete()
    assert answer["progress"]["percentage"] == 100
    assert world.client.get("/profile", headers=world.bearer(answer["access_token"])).json()["email"] == "john@example.com"


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_documents_javascript_client_completes_a_signup(world: World) -> None:
    program = JAVASCRIPT_CLIENT + textwrap.dedent(
        f"""
        (async () => {{
          const signup = new ConversationalSignup({json.dumps(world.url)});
          let data;
          for (const message of {json.dumps(["", *STEPS])}) data = await signup.send(message);
          console.log(JSON.stringify({{ complete: signup.isComplete(), data }}));
        }})();
        """
    )
    done = subprocess.run(["node", "-e", program], capture_output=True, text=True, timeout=60, check=True)
    result = json.loads(done.stdout)
    assert result["complete"] is True
    assert result["data"]["user_id"]
    assert world.client.post("/login", json={"email": "john@example.com", "password": "MySecureP@ss123"}).status_code == 200


def test_the_answers_have_the_documented_shape(world: World) -> None:
    answer = say(world, "What do I need to sign up?")
    assert set(answer) == {"success", "message", "next_step", "session_id", "validation_errors", "progress"}
    assert answer["session_id"] is None
    started = say(world, "yes")
    assert started["progress"] == {"current_step": 0, "total_steps": 6, "percentage": 0}
    refused = say(world, "not an email", "email", started["session_id"])
    assert (refused["success"], refused["next_step"], refused["session_id"]) == (False, "email", started["session_id"])
    assert refused["validation_errors"] == ["Email must be a valid email address"]


def test_the_greeting_can_be_fetched_and_stores_nothing(world: World) -> None:
    answer = world.client.get(f"{PATH}/start")
    assert answer.status_code == 200
    assert answer.json() == say(world, "")
    assert world.client.get(f"{PATH}/start", params={"language": "en-GB"}).json() == answer.json()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": "hi"},
        {"current_step": "start"},
        {"message": "hi", "current_step": "elsewhere"},
        {"message": 7, "current_step": "start"},
        {"message": "hi", "current_step": None},
        {"message": "hi", "current_step": "start", "session_id": 5},
        {"message": None, "current_step": "start"},
    ],
)
def test_a_body_of_another_shape_is_a_422(world: World, body: dict[str, Any]) -> None:
    answer = world.client.post(PATH, json=body)
    assert answer.status_code == 422
    assert answer.json()["code"] == "VALIDATION_ERROR"


def test_an_expired_conversation_begins_again_with_200(world: World) -> None:
    started = say(world, "yes")
    world.clock.advance(seconds=301)
    answer = say(world, "john@example.com", "email", started["session_id"])
    assert (answer["success"], answer["next_step"], answer["session_id"]) == (False, "start", None)
    assert answer["progress"]["percentage"] == 0


def test_the_documented_client_keeps_the_old_id_and_begins_again_with_it(world: World) -> None:
    started = say(world, "yes")
    say(world, "john@example.com", "email", started["session_id"])
    world.clock.advance(seconds=301)
    old = started["session_id"]
    assert say(world, "johndoe", "username", old)["session_id"] is None
    assert say(world, "is it free?", "start", old)["session_id"] is None
    again = say(world, "yes, let's start again", "start", old)
    assert (again["success"], again["next_step"]) == (True, "email")
    assert again["session_id"] not in {None, old}
    assert again["progress"]["percentage"] == 0


@pytest.mark.parametrize("session_id", ["signup_nobody", "", "x" * 5000, "\u0000", "signup_\u202e"])
def test_an_unknown_conversation_begins_again_with_200(world: World, session_id: str) -> None:
    answer = say(world, "john@example.com", "email", session_id)
    assert (answer["success"], answer["next_step"], answer["session_id"]) == (False, "start", None)


def test_ten_thousand_characters_are_answered_clearly(world: World) -> None:
    started = say(world, "yes")
    answer = say(world, "x" * 10_000, "email", started["session_id"])
    assert answer["success"] is False
    assert answer["next_step"] == "email"
    assert "1000" in answer["message"]


def test_two_conversations_never_see_each_other(world: World) -> None:
    first, second = say(world, "yes"), say(world, "yes")
    assert first["session_id"] != second["session_id"]
    say(world, "first@example.com", "email", first["session_id"])
    answer = say(world, "what have you got so far?", "email", second["session_id"])
    assert "first@example.com" not in answer["message"]


def test_too_many_messages_from_one_address_are_a_429(start: Start) -> None:
    world = start(limits={"signup_conversation": "3/minute"})
    for _ in range(3):
        say(world, "hi")
    answer = world.client.post(PATH, json={"message": "hi", "current_step": "start"})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


def test_a_username_taken_meanwhile_is_asked_again_at_the_end(world: World) -> None:
    talk = say(world, "yes")
    for message, step in (("a@example.com", "email"), ("wanted", "username"), ("MySecureP@ss123", "password"), ("Kim", "firstname")):
        talk = say(world, message, step, talk["session_id"])
    assert world.client.post(
        "/api/auth/register", json={"username": "wanted", "email": "b@example.com", "password": "MySecureP@ss123"}
    ).is_success
    answer = say(world, "Lee", "lastname", talk["session_id"])
    assert (answer["success"], answer["next_step"]) == (False, "username")
    assert answer["progress"]["current_step"] == 4
    assert say(world, "wanted_2", "username", talk["session_id"])["next_step"] == "complete"


def test_an_account_of_the_conversation_gets_its_letter(world: World) -> None:
    talk = say(world, "yes")
    for message, step in zip(STEPS[1:], ("email", "username", "password", "firstname", "lastname"), strict=True):
        talk = say(world, message, step, talk["session_id"])
    assert [letter["to"] for letter in world.letters()] == ["john@example.com"]
    assert "MySecureP@ss123" not in str(world.letters())


@pytest.fixture
def broken(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault that nobody thought of")

    monkeypatch.setattr(SignupService, "handle", fail)
    return world


def test_a_fault_of_ours_shows_nothing_of_the_message(broken: World) -> None:
    answer = broken.client.post(PATH, json={"message": "MySecureP@ss123", "current_step": "password", "session_id": "signup_x"})
    assert answer.status_code == 500
    assert "MySecureP@ss123" not in answer.text
