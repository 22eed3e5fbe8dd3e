"""The script behind every page: who is here, which page they want, what surrounds it."""

from ui import frame, messages, session

person = session.current()
page = frame.choose_page(person.user.role if person else None)
session.keep_in_browser()
messages.draw()
choice = frame.account_button(person.user) if person else ""
if choice == "sign-out":
    session.sign_out()
frame.follow(choice)
page.run()
frame.footer()
