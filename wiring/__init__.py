"""Puts the parts together. The only place that names concrete adapters."""

from wiring.build import build
from wiring.current import current, use
from wiring.services import Services

__all__ = ["Services", "build", "current", "use"]
