"""Examples of successful answers, made from their schemas and the tables of what each field looks like."""

from typing import Any

from api.example_values import BY_NAME, BY_SCHEMA, TIME

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
        known = BY_NAME.get(name)
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
    known = BY_NAME.get(name)
    plain = {"string": str, "integer": int, "number": int, "boolean": bool}
    if kind in plain and type(known) is plain[kind]:
        return known
    if kind == "string":
        return TIME if schema.get("format") == "date-time" or name.endswith(("_at", "timestamp", "last_login", "last_seen")) else "text"
    return {"integer": max(1, schema.get("minimum", 1)), "number": max(1, schema.get("minimum", 1)), "boolean": False}.get(kind or "")


def _object(schema: dict[str, Any], schemas: dict[str, Any], name: str, depth: int) -> dict[str, Any]:
    if "properties" in schema:
        own = BY_SCHEMA.get(schema.get("title", ""), {})
        return {
            field: own[field] if field in own else example_of(part, schemas, name=field, depth=depth + 1)
            for field, part in schema["properties"].items()
        }
    known = BY_NAME.get(name)
    return known if isinstance(known, dict) else {}


def _list(schema: dict[str, Any], schemas: dict[str, Any], name: str, depth: int) -> list[Any]:
    if isinstance(BY_NAME.get(name), list):
        return list(BY_NAME[name])
    if "prefixItems" in schema:
        return [example_of(part, schemas, depth=depth + 1) for part in schema["prefixItems"]]
    items = schema.get("items")
    return [example_of(items, schemas, name=name.removesuffix("s"), depth=depth + 1)] if items and depth < _DEEPEST else []
