"""Privacy: what is stored, where, and how to have it deleted."""

from ui import session
from ui.views import privacy

services = session.services()
settings = services.settings
helpers = [choice.label for choice in services.chat.providers() if not choice.offline]
privacy.privacy(
    store="a MongoDB database" if settings.uses_mongodb else "one file on the computer that this site runs on",
    letters={
        "file": "Letters to you, such as the one that confirms your email, are written to files on that computer; none is sent.",
        "smtp": "Letters to you, such as the one that confirms your email, leave through a mail server.",
        "kafka": "Letters to you, such as the one that confirms your email, leave through a message service.",
    }[settings.mail_transport],
    models=(
        f"Answers are worded by {' or '.join(helpers)}: what you write in a conversation is sent there."
        if helpers
        else "Answers are worded by a program on this site; what you write is sent nowhere."
    ),
    restore_days=settings.chat.restore_days,
    session_days=settings.auth.session_absolute_hours // 24,
)
