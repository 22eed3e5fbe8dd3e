"""Home: what this is for a stranger, what to do next for somebody who is back."""

from ui import frame, menu, session
from ui.views import home

person = session.current()
if person is None:
    where = home.welcome()
    if where == "create-account":
        frame.go(menu.CREATE_ACCOUNT)
    if where == "sign-in":
        frame.go(menu.SIGN_IN)
else:
    last: home.LastConversation | None = None
    wish = home.at_home(name=frame.short_name(person.user), last=last)
    if wish == "resume" and last is not None:
        frame.go(menu.PRACTICE, c=last.id)
    if wish == "start":
        frame.go(menu.PRACTICE)
