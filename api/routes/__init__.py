"""One file per documented API."""

from api.routes import (
    account,
    accounts,
    accounts_chat,
    admin,
    browser,
    chat,
    chat_socket,
    chatbot_accounts,
    conversation,
    conversations,
    exams,
    registration,
    session,
    signup,
    system,
)

ROUTERS = (
    chat.opening,
    chat.router,  # first, because a request is compared with one route after the other, and an answer is what people wait for
    system.router,
    registration.router,
    signup.router,
    conversation.router,
    chatbot_accounts.router,
    chat_socket.router,
    accounts.router,
    accounts_chat.router,
    conversations.router,
    exams.router,
    session.router,
    account.router,
    admin.router,
    browser.router,
)
