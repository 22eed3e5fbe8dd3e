"""What a user agent is called in words, for letters and lists of sessions."""

_PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Chromium", "Chromium"),
    ("Safari", "Safari"),
    ("curl", "curl"),
    ("python", "a Python program"),
    ("node", "a JavaScript program"),
)
"""In order: most browsers claim to be those below them too."""
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def describe(user_agent: str) -> str:
    """Return a user agent in words, like `Firefox on Linux`; never the text itself, which anybody can choose."""
    program = _first(_PROGRAMS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    if program and system:
        return f"{program} on {system}"
    return program or system or "an unknown device"


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in names if sign.casefold() in user_agent.casefold()), "")
