"""Privacy: what is stored, where, and how to have it deleted."""

from ui import session
from ui.views import privacy

settings = session.services().settings
privacy.privacy(
    store="a MongoDB database" if settings.uses_mongodb else "one file on the computer that this site runs on",
    letters={
        "file": "Letters to you, such as the one that confirms your email, are written to files on that computer; none is sent.",
        "smtp": "Letters to you, such as the one that confirms your email, leave through a mail server.",
        "kafka": "Letters to you, such as the one that confirms your email, leave through a message service.",
    }[settings.mail_transport],
    models="Answers are worded by a program on this site.",
    restore_days=settings.chat.restore_days,
    session_days=settings.auth.session_absolute_hours // 24,
)
