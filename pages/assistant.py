"""Signing up by chatting: the assistant asks for one thing at a time, and the person answers in their own words."""

from ui import assistant, browser, frame, menu, session
from ui.views import accounts
from ui.views import assistant as view

if session.current() is not None:
    frame.go(menu.HOME)

services = session.services()
words = view.words(assistant.language())
view.heading(words)

if accounts.invited(None, closed=services.settings.auth.invite_only):
    talk = assistant.talk()
    turn = len(talk.lines)
    view.progress(words, talk.reply.progress)
    view.log(talk.lines, language=words.language)
    if talk.fault is not None:
        view.unsent(talk.fault)
    chosen = view.replies(view.offers(words, talk.reply), turn=turn)
    hidden = talk.asks_password
    typed = view.password(words, turn=turn) if hidden else view.box(words)
    view.other_ways(words)
    browser.let_log(words.say("page.assistant"), turn=turn)
    if chosen is not None:
        assistant.say(chosen.message, shown=chosen.label)
    elif typed:
        assistant.say(typed, shown=assistant.DOTS if hidden else typed)
else:
    view.other_ways(words)
