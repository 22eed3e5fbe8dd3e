"""Examples of successful answers, made from their schemas and one table of what each field looks like."""

from typing import Any

_TIME = "2026-03-14T12:00:00Z"
_TOKEN = "<access token>"
_BY_NAME: dict[str, Any] = {
    "access_token": _TOKEN,
    "attempts": 8,
    "code": "VALIDATION_ERROR",
    "content": "I live near the sea.",
    "cost_micros": 0,
    "data": {"session": "ses_2Qm8Zk4T"},
    "email": "ada@example.com",
    "ended": 2,
    "expires_in": 900,
    "first_name": "Ada",
    "full_name": "Ada Lovelace",
    "id": "usr_7Hq2Lx9B",
    "ip": "203.0.113.7",
    "is_active": True,
    "kind": "practice",
    "label": "Offline examiner",
    "last_error": "the mail server could not be reached",
    "last_message": "What do you like about living there?",
    "last_name": "Lovelace",
    "level": "B1",
    "link": "https://viva.example.com/create-account?token=<invite>",
    "listening_language": "en",
    "message": "What do you like about living there?",
    "message_id": "msg_5Rt1Wc8N",
    "model": "offline-examiner",
    "name": "Ada Lovelace",
    "page": 1,
    "per_page": 20,
    "permissions": ["exam:take"],
    "preferences": {"voice": "calm"},
    "provider": "offline",
    "refresh_token": "<refresh token>",
    "reply": "What do you like about living there?",
    "role": "learner",
    "session_id": "conv_9Kd3Vb6M",
    "speaking_language": "en",
    "success": True,
    "target_level": "B2",
    "template": "verification",
    "text": "I live near the sea.",
    "title": "Living near the sea",
    "to": "ada@example.com",
    "token": _TOKEN,
    "token_type": "bearer",
    "tokens": 45,
    "topic": "home-town",
    "url": "https://viva.example.com/shared?link=<secret>",
    "user_agent": "Mozilla/5.0",
    "user_id": "usr_7Hq2Lx9B",
    "user_message_id": "msg_1Pf7Yd2G",
    "username": "ada_l",
}
_DEEPEST = 8


def example_of(schema: dict[str, Any], schemas: dict[str, Any], *, name: str = "", depth: int = 0) -> Any:
    """Return a value that `schema` (of a field called `name`) accepts; `schemas` are the document's components."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, name=name, depth=depth)
    for given in ("const", "example"):
        if given in schema:
            return schema[given]
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        known = _BY_NAME.get(name)
        return known if known in schema["enum"] else schema["enum"][0]
    choices = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if choices:
        return example_of(choices[0], schemas, name=name, depth=depth)
    return _of_type(schema, schemas, name, depth)


def _of_type(schema: dict[str, Any], schemas: dict[str, Any], name: str, depth: int) -> Any:
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, schemas, name, depth)
    if kind == "array":
        return _list(schema, schemas, name, depth)
    known = _BY_NAME.get(name)
    plain = {"string": str, "integer": int, "number": int, "boolean": bool}
    if kind in plain and type(known) is plain[kind]:
        return known
    if kind == "string":
        return _TIME if schema.get("format") == "date-time" or name.endswith(("_at", "timestamp", "last_login", "last_seen")) else "text"
    return {"integer": max(1, schema.get("minimum", 1)), "number": max(1, schema.get("minimum", 1)), "boolean": False}.get(kind or "")


def _object(schema: dict[str, Any], schemas: dict[str, Any], name: str, depth: int) -> dict[str, Any]:
    if "properties" in schema:
        return {field: example_of(part, schemas, name=field, depth=depth + 1) for field, part in schema["properties"].items()}
    known = _BY_NAME.get(name)
    return known if isinstance(known, dict) else {}


def _list(schema: dict[str, Any], schemas: dict[str, Any], name: str, depth: int) -> list[Any]:
    if isinstance(_BY_NAME.get(name), list):
        return list(_BY_NAME[name])
    if "prefixItems" in schema:
        return [example_of(part, schemas, depth=depth + 1) for part in schema["prefixItems"]]
    items = schema.get("items")
    return [example_of(items, schemas, name=name.removesuffix("s"), depth=depth + 1)] if items and depth < _DEEPEST else []
