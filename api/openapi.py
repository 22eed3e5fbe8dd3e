"""The OpenAPI document as it is served: FastAPI's own, with our one error body everywhere, examples of every success, and links."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI

from api.deps import BEARER
from api.example_values import BY_ROUTE
from api.examples import example_of
from api.faults import faults
from api.links import add_links

_METHODS = ("get", "post", "put", "patch", "delete")
_FASTAPIS_OWN = ("HTTPValidationError", "ValidationError")
_SECOND_SCHEME = {
    "Token": {
        "type": "apiKey",
        "description": "The same access token as `Authorization: Token <token>`",
        "in": "header",
        "name": "Authorization",
    }
}
"""The accounts dialect's way to write the header; all routes take both."""


Choices = Mapping[tuple[str, str], list[str]]
"""(schema, field) → the values that it can have here; what they are depends on the settings and on the bank of questions."""


def install(app: FastAPI, *, choices: Callable[[], Choices]) -> None:
    """Serve the finished document instead of FastAPI's."""
    fastapis = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _finished(fastapis())
            _add_choices(app.openapi_schema["components"]["schemas"], choices())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way that FastAPI documents


def _finished(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method in (method for method in _METHODS if method in methods):
            _correct_422(methods[method])
            _add_second_scheme(methods[method])
            _add_examples(methods[method], schemas, BY_ROUTE.get((method, path)))
    for name in _FASTAPIS_OWN:
        schemas.pop(name, None)
    document["components"]["securitySchemes"] |= _SECOND_SCHEME
    add_links(document["paths"])
    return document


def _add_second_scheme(operation: dict[str, Any]) -> None:
    if {BEARER: []} in operation.get("security", ()):
        others = [one for one in operation["security"] if one != {BEARER: []}]
        operation["security"] = [{BEARER: []}, *({name: []} for name in _SECOND_SCHEME), *others]


def _add_choices(schemas: dict[str, Any], choices: Choices) -> None:
    for (schema, field), values in choices.items():
        found = schemas[schema]["properties"][field]
        found.get("anyOf", [found])[0]["enum"] = values  # the other one is null


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


def _add_examples(operation: dict[str, Any], schemas: dict[str, Any], named: dict[str, dict[str, Any]] | None) -> None:
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get("application/json", {})
        if status.startswith("2") and content.get("schema") and "example" not in content and "examples" not in content:
            content |= {"examples": named} if named else {"example": example_of(content["schema"], schemas)}
