"""The OpenAPI document as it is served: FastAPI's own, with our one error body everywhere, examples of every success, and links."""

from typing import Any

from fastapi import FastAPI

from api.examples import example_of
from api.faults import faults

_METHODS = ("get", "post", "put", "patch", "delete")
_FASTAPIS_OWN = ("HTTPValidationError", "ValidationError")

_SESSION = {"session_id": "$response.body#/session_id"}
_ANSWER = {"message_id": "$response.body#/message_id"}
LINKS: dict[tuple[str, str], dict[str, tuple[str, str, dict[str, str]]]] = {
    ("post", "/api/chat"): {
        "readConversation": ("get", "/api/v1/chat/chats/{session_id}/", _SESSION),
        "renameConversation": ("patch", "/api/v1/chat/sessions/{session_id}", _SESSION),
        "exportConversation": ("get", "/api/v1/chat/sessions/{session_id}/export", _SESSION),
        "shareConversation": ("post", "/api/v1/chat/sessions/{session_id}/shares", _SESSION),
        "followAnswer": ("get", "/api/chat/stream/{message_id}", _ANSWER),
        "answerAgain": ("post", "/api/v1/chat/messages/{message_id}/regenerate", _ANSWER),
        "editMessage": ("put", "/api/v1/chat/messages/{message_id}", {"message_id": "$response.body#/user_message_id"}),
    },
    ("post", "/api/v1/chat/"): {"readConversation": ("get", "/api/v1/chat/chats/{session_id}/", _SESSION)},
    ("post", "/api/v1/chat/sessions/{session_id}/shares"): {
        "revokeLink": ("delete", "/api/v1/chat/shares/{share_id}", {"share_id": "$response.body#/id"}),
    },
    ("post", "/api/v1/admin/invites"): {
        "revokeInvite": ("delete", "/api/v1/admin/invites/{invite_id}", {"invite_id": "$response.body#/id"}),
    },
}
"""Where an answer holds what another route needs: (method, path) → name of the link → target and its parameters."""


def install(app: FastAPI) -> None:
    """Serve the finished document instead of FastAPI's."""
    fastapis = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _finished(fastapis())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way that FastAPI documents


def _finished(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document["components"]["schemas"]
    for path in document["paths"].values():
        for operation in (path[method] for method in _METHODS if method in path):
            _correct_422(operation)
            _add_examples(operation, schemas)
    for name in _FASTAPIS_OWN:
        schemas.pop(name, None)
    _add_links(document["paths"])
    return document


def _correct_422(operation: dict[str, Any]) -> None:
    """FastAPI documents a 422 of its own shape wherever there is a parameter, though any text will do for most ids."""
    responses = operation["responses"]
    if "HTTPValidationError" not in str(responses.get("422", {}).get("content", "")):
        return
    if any(_can_be_wrong(parameter) for parameter in operation.get("parameters", ())) or "requestBody" in operation:
        ours = dict(faults("VALIDATION_ERROR")[422])
        del ours["model"]
        ours["content"]["application/json"]["schema"] = {"$ref": "#/components/schemas/ErrorBody"}
        responses["422"] = ours
    else:
        del responses["422"]


def _can_be_wrong(parameter: dict[str, Any]) -> bool:
    schema = parameter["schema"]
    return parameter["in"] != "path" or schema.get("type") != "string" or len(set(schema) - {"type", "title", "description"}) > 0


def _add_examples(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get("application/json", {})
        if status.startswith("2") and content.get("schema") and "example" not in content and "examples" not in content:
            content["example"] = example_of(content["schema"], schemas)


def _add_links(paths: dict[str, Any]) -> None:
    for (method, path), links in LINKS.items():
        operation = paths[path][method]
        success = next(response for status, response in operation["responses"].items() if status.startswith("2"))
        success["links"] = {
            name: {"operationId": paths[target][verb]["operationId"], "parameters": parameters}
            for name, (verb, target, parameters) in links.items()
        }
