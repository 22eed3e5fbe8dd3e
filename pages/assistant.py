"""Signing up by chatting: the assistant asks for one thing at a time, and the person answers in their own words."""

from ui import assistant, browser, frame, menu, session
from ui.conversation import saying
from ui.views import accounts
from ui.views import assistant as view

if session.current() is not None:
    frame.go(menu.HOME)
assistant.enter_if_done()

services = session.services()
words = view.words(assistant.language())
view.heading(words)

if accounts.invited(None, closed=services.settings.auth.invite_only):
    talk = assistant.talk()
    turn = len(talk.lines)
    view.progress(words, talk.reply.progress)
    view.log(talk.lines)
    if talk.fault is not None:
        view.unsent(talk.fault)
    view.replies(view.offers(words, talk.reply), turn=turn, send=assistant.say)
    typed = view.box(words, send=assistant.say, at_rest=talk.asks_password)
    if talk.asks_password:
        view.password(words, turn=turn, send=assistant.say)
    else:
        saying.keep_answer([line.text for line in talk.lines if line.mine])
    view.other_ways(words)
    browser.let_log(words, turn=turn, secret=talk.asks_password)
    assistant.say_if_missed(typed)
else:
    view.other_ways(words)
