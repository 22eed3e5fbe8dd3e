"""What the OpenAPI document says is what the server does: schemathesis tries every route with good, bad and strange data."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.routes import ROUTERS
from auth.flows import admin
from tests.api.conftest import PASSWORD, World

HERE = Path(__file__).parent / "openapi"


def tried_out(world: World, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": str(HERE / "living_session.py"),
        "TRIAL_URL": world.url,
        "TRIAL_EMAIL": "ada@example.com",
        "TRIAL_PASSWORD": PASSWORD,
        "PYTHONPATH": str(HERE.parents[2]),
        "PYTHONHASHSEED": "0",  # beside the seed, for whatever goes through a set
    }
    program = Path(sys.executable).parent / "schemathesis"
    command = [str(program), "--config-file", str(HERE / "schemathesis.toml"), "run", f"{world.url}/openapi.json", "--checks", "all"]
    same = ["--seed", "1", "--generation-database", "none", "--request-timeout", "120"]
    options = [*same, "--suppress-health-check", "all", *arguments]
    return subprocess.run([*command, *options], env=environment, capture_output=True, text=True, check=False, timeout=580)


SINGLE = ("--phases", "examples,coverage,fuzzing", "--max-examples", "5")
STORIES = ("--phases", "stateful", "--max-examples", "20")
EXAMS, CHAT, ADMINISTRATION = "^/api/v1/exams", "^/api/(chat|history|v1/chat)", "^/api/v1/admin"


@pytest.fixture
def lived_in(world: World) -> World:
    """A world with an account that has a conversation and an exam, so that lists are not empty."""
    headers = world.bearer(world.register()["token"])
    world.client.post("/api/chat", json={"message": "Hello"}, headers=headers).raise_for_status()
    begun = {"format_id": "quick-check", "level": "B1", "mode": "practice"}
    world.client.post("/api/v1/exams", json=begun, headers=headers).raise_for_status()
    return world


@pytest.mark.slow
@pytest.mark.parametrize(
    "where", [("--include-path-regex", EXAMS), ("--exclude-path-regex", f"{EXAMS}|{ADMINISTRATION}")], ids=["exams", "the rest"]
)
def test_every_route_keeps_to_the_document_for_a_learner(lived_in: World, where: tuple[str, str]) -> None:
    done = tried_out(lived_in, *SINGLE, *where)
    assert done.returncode == 0, done.stdout[-8000:]


@pytest.mark.slow
def test_the_administration_keeps_to_the_document_for_an_administrator(lived_in: World) -> None:
    admin.promote(lived_in.services.auth.kit, "ada@example.com")
    done = tried_out(lived_in, *SINGLE, "--include-path-regex", ADMINISTRATION)
    assert done.returncode == 0, done.stdout[-8000:]


@pytest.mark.slow
@pytest.mark.parametrize("where", [EXAMS, CHAT, ADMINISTRATION], ids=["exams", "conversations", "administration"])
def test_answers_that_lead_to_other_routes_keep_to_the_document(lived_in: World, where: str) -> None:
    """The links are followed for real: at least one must have led somewhere."""
    if where == ADMINISTRATION:
        admin.promote(lived_in.services.auth.kit, "ada@example.com")
    done = tried_out(lived_in, *STORIES, "--include-path-regex", where)
    assert done.returncode == 0, done.stdout[-8000:]
    followed = re.search(r"API Links: +(\d+) covered", done.stdout)
    assert followed, done.stdout[-2000:]
    assert int(followed[1]) >= 1


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


@pytest.fixture
def document(world: World) -> dict[str, Any]:
    return dict(world.client.get("/openapi.json").json())


def test_every_success_and_every_error_has_an_example_that_fits_its_schema(document: dict[str, Any]) -> None:
    missing, wrong = [], []
    for name, operation in operations(document):
        for status, response in operation["responses"].items():
            content = response.get("content", {}).get("application/json")
            if not content or "text/markdown" in response["content"]:
                continue
            given = [content["example"]] if "example" in content else [one["value"] for one in content.get("examples", {}).values()]
            validator = Draft202012Validator({**content["schema"], "components": document["components"]})
            missing += [] if given else [f"{name} {status}"]
            wrong += [f"{name} {status}" for example in given if not validator.is_valid(example)]
    assert (missing, wrong) == ([], [])


def test_every_error_has_the_one_body(document: dict[str, Any]) -> None:
    others = [
        f"{name} {status}"
        for name, operation in operations(document)
        for status, response in operation["responses"].items()
        if status >= "400" and response["content"]["application/json"]["schema"].get("$ref") != "#/components/schemas/ErrorBody"
    ]
    assert others == ["GET /readyz 503"]
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_whatever_needs_a_login_says_so_and_how(document: dict[str, Any], world: World) -> None:
    assert set(document["components"]["securitySchemes"]) == {"HTTPBearer", "Token"}
    for name, operation in operations(document):
        method, path = name.split(" ")
        if "{" in path:
            continue
        status = world.client.request(method, path).status_code
        if "security" in operation and {} not in operation["security"]:
            assert status in {401, 422}, name
            assert "401" in operation["responses"], name
        elif status == 401:
            assert "/logout" in path, name


def test_no_example_holds_anything_that_looks_like_a_secret(world: World) -> None:
    """ASVS 14.2.1."""
    text = world.client.get("/openapi.json").text
    assert "eyJ" not in text
    assert "$2b$" not in text


def test_the_document_can_be_read_without_the_network(world: World) -> None:
    page = world.client.get("/docs").text
    assert "http://" not in page
    assert "https://" not in page
    for asset in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon.png"):
        assert world.client.get(f"/api/docs-assets/{asset}").status_code == 200
    assert world.client.get("/api/docs-assets/..%2fapp.py").status_code == 404


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_link_leads_from_an_example_to_a_parameter_of_another_route(document: dict[str, Any]) -> None:
    named = {operation["operationId"]: operation for _, operation in operations(document)}
    links = [
        (name, link, response)
        for name, operation in operations(document)
        for response in operation["responses"].values()
        for link in response.get("links", {}).values()
    ]
    assert {name for name, _, _ in links} >= {"POST /register", "POST /api/chat", "POST /api/v1/exams", "GET /api/v1/admin/users"}
    for name, link, response in links:
        target = named[link["operationId"]]
        wanted = {parameter["name"] for parameter in target.get("parameters", ()) if parameter["in"] == "path"}
        assert set(link.get("parameters", {})) == wanted, name
        for source in link.get("parameters", {}).values():
            value: Any = response["content"]["application/json"]["example"]
            for step in source.removeprefix("$response.body#/").split("/"):
                value = value[int(step) if isinstance(value, list) else step]
            assert isinstance(value, str), (name, source)


def test_the_document_lists_every_route(document: dict[str, Any]) -> None:
    """With and without the slash of the accounts dialect is one route; the WebSocket is listed as the GET that it begins with."""
    served = {str(getattr(route, "path", "")).rstrip("/") for router in ROUTERS for route in router.routes}
    assert served == {path.rstrip("/") for path in document["paths"]}


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(part)


def test_no_success_is_shown_with_a_mere_placeholder(document: dict[str, Any]) -> None:
    shown = {
        name: response["content"]["application/json"]["example"]
        for name, operation in operations(document)
        for status, response in operation["responses"].items()
        if status < "300" and "example" in response.get("content", {}).get("application/json", {})
    }
    assert [name for name, example in shown.items() if "text" in texts_in(example)] == []
    assert shown["POST /api/v1/exams"]["exam"]["id"].startswith("exam_")
    assert shown["GET /api/v1/chat/chats/{session_id}/"]["messages"][0]["id"].startswith("msg_")


def test_what_can_be_chosen_is_listed(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert "quick-check" in schemas["Start"]["properties"]["format_id"]["enum"]
    assert "offline" in schemas["Send"]["properties"]["provider"]["anyOf"][0]["enum"]
    assert "free_time" in schemas["Send"]["properties"]["topic"]["anyOf"][0]["enum"]
