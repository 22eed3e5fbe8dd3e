"""Puts the parts together. The only place that names concrete adapters."""

from wiring.build import build
from wiring.current import current, use
from wiring.export import account_as_json
from wiring.services import Services

__all__ = ["Services", "account_as_json", "build", "current", "use"]
