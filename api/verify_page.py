"""The small page behind the link of a verification letter: a button, because mail scanners follow links but press no buttons."""

from html import escape

from starlette.requests import Request

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} · CEFR Speaking Exam Simulator</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; font: 17px/1.55 system-ui, sans-serif; background: light-dark(#f4f6f5, #111a19); color: light-dark(#1d2b2a, #e6efed); }}
main {{ max-width: 30rem; margin: 12vh auto; padding: 2rem 1.5rem; }}
h1 {{ font-size: 1.5rem; line-height: 1.25; }}
button, a.button {{ display: inline-block; font: inherit; font-weight: 600; padding: .7rem 1.4rem; border: 0; border-radius: 10px;
  background: #0f6b63; color: #fff; text-decoration: none; cursor: pointer; }}
button:focus-visible, a:focus-visible {{ outline: 3px solid #e0a526; outline-offset: 2px; }}
</style>
</head>
<body><main><h1>{title}</h1>{body}</main></body>
</html>
"""
_AGAIN = '<p><a class="button" href="/confirmation-letter">Have a new letter sent</a></p>'
_SIGN_IN = '<p><a class="button" href="/sign-in">Go to sign in</a></p>'


def is_wanted(request: Request) -> bool:
    """Tell whether the client asks for a page rather than JSON."""
    return "text/html" in request.headers.get("accept", "")


def question(token: str, state: str) -> str:
    """Return the page with the button, or what to do instead. `state` is `ready`, `already_verified` or `refused`."""
    if state == "ready":
        form = (
            '<p>Press the button to confirm that this email address is yours.</p><form method="post" action="/api/v1/auth/verify-email">'
            f'<input type="hidden" name="token" value="{escape(token, quote=True)}"><button>Confirm my email address</button></form>'
        )
        return _PAGE.format(title="Confirm your email address", body=form)
    if state == "already_verified":
        return outcome("Your email address was confirmed already.", good=True)
    return outcome("This link is not valid any more. You can have a new letter.", good=False)


def outcome(message: str, *, good: bool) -> str:
    """Return the page that says what happened."""
    title = "Email address confirmed" if good else "This link cannot be used"
    return _PAGE.format(title=title, body=f"<p>{escape(message)}</p>{'' if good else _AGAIN}{_SIGN_IN}")
