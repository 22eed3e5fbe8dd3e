"""From exceptions to the one error body. Nothing that a stranger could use ever reaches an answer."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.dialects import dialect_of, error_body, status_of
from core import log
from core.errors import AppError, FieldProblem

_log = log.get("http")
_HTTP_FAULTS = {
    404: ("NOT_FOUND", "There is nothing at this address."),
    405: ("METHOD_NOT_ALLOWED", "This address does not take that method."),
    413: ("TOO_LARGE", "The request is too large."),
    415: ("UNSUPPORTED_MEDIA_TYPE", "This content type is not understood here."),
    426: ("UPGRADE_REQUIRED", "This address speaks WebSocket only."),
    403: ("FORBIDDEN", "This request is not allowed."),
    400: ("BAD_REQUEST", "The request cannot be read."),
}
_WORDS = {
    "missing": "This field is required.",
    "string_type": "This must be text.",
    "string_too_short": "This is too short.",
    "string_too_long": "This is too long.",
    "string_unicode": "This holds characters that no text can have.",
    "too_short": "This is too short.",
    "too_long": "This is too long.",
    "list_type": "This must be a list.",
    "greater_than_equal": "This must be at least {ge}.",
    "less_than_equal": "This must be at most {le}.",
    "json_invalid": "The body is not valid JSON.",
    "int_parsing": "This must be a whole number.",
    "int_type": "This must be a whole number.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "dict_type": "This must be an object.",
    "model_attributes_type": "The body must be a JSON object.",
    "model_type": "The body must be a JSON object.",
    "extra_forbidden": "This field is not known here.",
}

NO_HEAD = frozenset({"/api/v1/auth/verify-email"})
"""Where a GET does something, so that a HEAD must not be taken for it."""


def answer(request: Request, error: AppError) -> JSONResponse:
    """Return the response for an expected fault."""
    dialect = dialect_of(request.url.path)
    status = status_of(error, dialect)
    wait = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(wait)} if wait is not None else {}
    if status == HTTPStatus.UNAUTHORIZED:  # RFC 9110: it names the scheme
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(error_body(error.code, error.message, error.problems, dialect), status, headers)


def http_answer(request: Request, status: int, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return the response for a fault of HTTP itself (404, 405, 413, …)."""
    code, message = _HTTP_FAULTS.get(status, ("HTTP_ERROR", "The request cannot be handled."))
    return JSONResponse(error_body(code, message, (), dialect_of(request.url.path)), status, headers)


def validation_problems(errors: Sequence[Any]) -> list[FieldProblem]:
    """Return pydantic's findings as field problems in plain words."""
    return [FieldProblem(_field(error["loc"]), _sentence(error), str(error["type"])) for error in errors]


def install(app: FastAPI) -> None:
    """Register the handlers on `app`."""

    @app.exception_handler(AppError)
    async def expected(request: Request, error: AppError) -> JSONResponse:
        return answer(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        problems = validation_problems(error.errors())
        message = problems[0].message if len(problems) == 1 else "Please check the fields below."
        return JSONResponse(error_body("VALIDATION_ERROR", message, problems, dialect_of(request.url.path)), 422)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:  # RFC 9110: it lists the methods of the address
            return http_answer(request, 405, {"Allow": ", ".join(_methods(app, request.url.path))})
        if error.status_code == HTTPStatus.BAD_REQUEST and not request.headers.get("content-type", "").startswith("multipart/"):
            # FastAPI's answer to a body that is no text at all
            problem = FieldProblem("body", _WORDS["json_invalid"], "json_invalid")
            return JSONResponse(error_body("VALIDATION_ERROR", problem.message, [problem], dialect_of(request.url.path)), 422)
        return http_answer(request, error.status_code, dict(error.headers or {}))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        _log.error("unexpected fault", exc_info=error)
        message = "Something went wrong on our side. Please try again."
        headers = {"Connection": "close"}  # the server closes it after an exception; said, so that nobody sends into a closed one
        return JSONResponse(error_body("INTERNAL_ERROR", message, (), dialect_of(request.url.path)), 500, headers)


def _methods(app: FastAPI, path: str) -> list[str]:
    """Return the documented methods of an address; one that is written out wins over one with a placeholder."""
    documented: dict[str, dict[str, object]] = app.openapi()["paths"]
    candidates = [template for template in documented if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), path)]
    for template in (path, f"{path}/", *candidates):
        if template in documented:
            methods = {method.upper() for method in documented[template]}
            return sorted(methods | ({"HEAD"} if "GET" in methods and path not in NO_HEAD else set()))
    return ["GET", "HEAD"]  # the pages of the documentation itself


def _field(location: Sequence[object]) -> str:
    parts = [str(part) for part in location if part not in {"body", "query", "path", "header"}]
    return ".".join(part for part in parts if not part.isdigit()) or "body"


def _sentence(error: Any) -> str:
    if error["type"] in _WORDS:
        return _WORDS[error["type"]].format_map(error.get("ctx", {}))
    message = str(error["msg"]).removeprefix("Value error, ")
    return message[:1].upper() + message[1:].rstrip(".") + "."
