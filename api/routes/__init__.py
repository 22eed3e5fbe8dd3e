"""One file per documented API."""

from api.routes import account, accounts, admin, browser, chatbot_accounts, registration, session, signup, system

ROUTERS = (
    system.router,
    registration.router,
    signup.router,
    chatbot_accounts.router,
    accounts.router,
    session.router,
    account.router,
    admin.router,
    browser.router,
)
