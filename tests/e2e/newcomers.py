"""People with an account for tests that are about something else: the service makes it in the app's own data folder, without the form."""

from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page

import wiring
from auth.flows.register import RegisterForm
from core.setting_groups import Security
from core.settings import Settings
from tests.e2e.conftest import App
from tests.e2e.person import PASSWORD, Visitor


def newcomer(page: Page, app: App, name: str, email: str, *, url: str = "") -> Visitor:
    """Put somebody who has just got an account, and whose browser keeps the login, in front of a page on which nothing is open yet.

    `url` is where they find the app, if not at its own address.
    """
    visitor = Visitor(page, url or app.url)
    code = account(app.data_dir, name, email)
    answer = page.context.request.post(f"{visitor.url}/auth/browser/session", data={"code": code}, headers={"Origin": visitor.url})
    assert answer.ok, answer.text()
    return visitor


def account(data_dir: Path, name: str, email: str) -> str:
    """Make an account and sign it in; return the code that the page would give to the browser."""
    with closing(wiring.build(Settings(data_dir=data_dir, security=Security(bcrypt_rounds=4)))) as services:
        made = services.auth.register_and_sign_in(RegisterForm(email=email, password=PASSWORD, full_name=name))
        return services.auth.start_handoff(made.session.id)
