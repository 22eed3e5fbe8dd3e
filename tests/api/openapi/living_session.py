"""Loaded by schemathesis: signs in again whenever the run has ended its own session (it finds the logout routes, after all)."""

from __future__ import annotations

import json
import os
import urllib.request
from typing import Any

import schemathesis

URL, EMAIL, PASSWORD = (os.environ[name] for name in ("TRIAL_URL", "TRIAL_EMAIL", "TRIAL_PASSWORD"))
ENDS_A_SESSION = ("/logout", "/logout-all", "/sessions", "/password/change", "/account/delete", "/role", "/disable", "/compromised")


def _sign_in() -> str:
    body = json.dumps({"email": EMAIL, "password": PASSWORD}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{URL}/login", body, {"Content-Type": "application/json"})) as answer:
        return str(json.load(answer)["token"])


@schemathesis.auth(refresh_interval=None)
class LivingSession:
    """Gives every request a token that works at that moment."""

    token = ""

    def get(self, _case: schemathesis.Case[Any], _context: schemathesis.AuthContext) -> str:
        """Return the token; a new one if its session has ended."""
        if not LivingSession.token:
            LivingSession.token = _sign_in()
        return LivingSession.token

    def set(self, case: schemathesis.Case[Any], data: str, _context: schemathesis.AuthContext) -> None:
        """Put the token on the request."""
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def after_call(_context: schemathesis.HookContext, case: schemathesis.Case[Any], response: Any) -> None:
    """Forget the token when this request may have ended its session."""
    path = case.path.rstrip("/")
    if (case.method.upper() != "GET" and (path.endswith(ENDS_A_SESSION) or "/sessions/" in path)) or response.status_code == 401:
        LivingSession.token = ""
