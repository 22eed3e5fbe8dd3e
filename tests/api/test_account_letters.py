"""Whole stories through HTTP with the letters that people really get: reset, change of address, invites, and the end of an account."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from auth.flows import admin
from mail.models import LetterState
from mail.rendering import render
from tests.api.conftest import PASSWORD, Start, World

NEW = "An0ther-long-phrase"


def rendered(world: World) -> list[str]:
    """Every waiting letter as it will be read."""
    waiting = world.services.outbox.entries(state=LetterState.WAITING, limit=100)
    return [f"{entry.letter.to}\n{letter.subject}\n{letter.text}" for entry in waiting for letter in [render(entry.letter)]]


def status_of_login(world: World, email: str, password: str) -> int:
    return world.client.post("/login", json={"email": email, "password": password}).status_code


def test_a_forgotten_password_is_replaced_by_the_letters_link_once(world: World) -> None:
    """ASVS 6.4.1, 6.3.7, 7.4.3."""
    login = world.register()
    world.client.post("/api/v1/auth/password/forgot", json={"email": "ada@example.com"}).raise_for_status()
    token = world.token_in("password_reset")
    assert any(token in letter and letter.startswith("ada@example.com") for letter in rendered(world))
    weak = world.client.post("/api/v1/auth/password/reset", json={"token": token, "password": "short"})
    assert weak.status_code == 400
    body = {"token": token, "password": NEW, "confirm_password": NEW}
    assert world.client.post("/api/v1/auth/password/reset", json=body).status_code == 200
    assert world.client.post("/api/v1/auth/password/reset", json=body).json()["code"] == "TOKEN_INVALID"
    assert world.client.get("/profile", headers=world.bearer(login["token"])).status_code == 401
    assert [status_of_login(world, "ada@example.com", word) for word in (PASSWORD, NEW)] == [401, 200]
    assert "password_changed" in {letter["template"] for letter in world.letters()}


def test_a_reset_link_is_dead_after_half_an_hour(world: World) -> None:
    """ASVS 6.4.1."""
    world.register()
    world.client.post("/api/v1/auth/password/forgot", json={"email": "ada@example.com"})
    token = world.token_in("password_reset")
    world.clock.advance(minutes=30)
    assert world.client.post("/api/v1/auth/password/reset", json={"token": token, "password": NEW}).status_code == 400
    assert status_of_login(world, "ada@example.com", PASSWORD) == 200


def test_a_letter_goes_out_whether_or_not_there_is_an_account(world: World) -> None:
    """ASVS 6.3.8: the same work, and only the owner of the address learns more."""
    world.client.post("/api/v1/auth/password/forgot", json={"email": "nobody@example.com"}).raise_for_status()
    (letter,) = world.letters()
    assert (letter["to"], letter["template"]) == ("nobody@example.com", "no_account")
    assert len(rendered(world)) == 1


def test_an_address_changes_only_by_the_link_in_the_new_mailbox_and_the_old_one_is_told(world: World) -> None:
    """ASVS 6.3.7, 7.5.1."""
    headers = world.bearer(world.register()["token"])
    body = {"new_email": "countess@example.org", "current_password": PASSWORD}
    assert world.client.post("/api/v1/auth/email/change", json=body, headers=headers).status_code == 202
    assert world.client.get("/profile", headers=headers).json()["email"] == "ada@example.com"
    token = world.token_in("email_change_confirm")
    assert [letter.split("\n")[0] for letter in rendered(world) if token in letter] == ["countess@example.org"]
    assert world.client.post("/api/v1/auth/email/confirm", json={"token": token}).status_code == 200
    assert world.client.post("/api/v1/auth/email/confirm", json={"token": token}).status_code == 400
    assert status_of_login(world, "countess@example.org", PASSWORD) == 200
    assert status_of_login(world, "ada@example.com", PASSWORD) == 401
    assert "ada@example.com" in {letter["to"] for letter in world.letters() if letter["template"] == "email_changed"}


def test_an_invite_works_once_and_only_for_its_address(world: World) -> None:
    """The open question of the signup document, answered by invites."""
    world.register("boss@example.com", name="Grace Hopper")
    admin.promote(world.services.auth.kit, "boss@example.com")
    boss = world.bearer(world.client.post("/login", json={"email": "boss@example.com", "password": PASSWORD}).json()["token"])
    asked = {"email": "tess@example.com", "role": "teacher"}
    made = world.client.post("/api/v1/admin/invites", json=asked, headers=boss).json()
    assert any(made["token"] in letter and letter.startswith("tess@example.com") for letter in rendered(world))
    listed = world.client.get("/api/v1/admin/invites", headers=boss)
    assert made["token"] not in listed.text
    body = {"password": PASSWORD, "invite": made["token"]}
    world.client.post("/api/v1/auth/signup", json={"email": "eve@example.com", **body})
    world.client.post("/api/v1/auth/signup", json={"email": "tess@example.com", **body}).raise_for_status()
    people = {person["email"]: person["role"] for person in world.client.get("/api/v1/admin/users", headers=boss).json()}
    assert people["tess@example.com"] == "teacher"
    assert people.get("eve@example.com", "learner") == "learner"


def test_without_an_invite_nobody_gets_in_where_sign_up_is_closed(start: Start) -> None:
    world = start(auth={"invite_only": True})
    passwords = dict.fromkeys(("password", "confirm_password", "password1", "password2"), PASSWORD)
    body = {"email": "eve@example.com", "username": "eve_1", "name": "Eve", **passwords}
    for path in ("/register", "/api/auth/register", "/api/v1/auth/signup", "/api/v1/accounts/register/"):
        answer = world.client.post(path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "INVITE_REQUIRED")
    assert world.services.auth.kit.stores.accounts.count() == 0


def everything_stored(folder: Path) -> Iterator[tuple[str, str]]:
    """Every table and every file of the data folder as text."""
    with sqlite3.connect(folder / "viva.db") as database:
        for (table,) in database.execute("select name from sqlite_master where type = 'table'").fetchall():
            try:
                rows = database.execute(f'select * from "{table}"').fetchall()
            except sqlite3.OperationalError:  # a shadow table of the full-text search that only the extension reads
                continue
            yield table, "\n".join(str(row) for row in rows)
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("viva.db"):
            yield path.name, path.name + path.read_bytes().decode("latin-1")


def test_nothing_of_a_deleted_account_is_left_in_any_table_or_file(world: World) -> None:
    """ASVS 7.4.2, 8.3: the account, its words, sessions, letters and links; others keep theirs."""
    other = world.register("bob@example.com", name="Bob Stone")
    world.client.post("/api/chat", json={"message": "I collect umbrellas"}, headers=world.bearer(other["token"])).raise_for_status()
    login = world.register("zebedeestone@example.com", name="Zebedeestone Quarkenbush", username="zebquarkling")
    headers = world.bearer(login["token"])
    said = world.client.post("/api/chat", json={"message": "I collect periwinkles"}, headers=headers).json()
    share = world.client.post(f"/api/v1/chat/sessions/{said['session_id']}/shares", json={}, headers=headers).json()
    world.client.post("/api/v1/auth/password/forgot", json={"email": "zebedeestone@example.com"})
    world.client.post("/login", json={"email": "zebedeestone@example.com", "password": "Wr0ng-password"})
    exam = world.client.post("/api/v1/exams", json={"format_id": "quick-check", "level": "B1", "mode": "practice"}, headers=headers)
    assert exam.status_code in {200, 201}, exam.text
    # Long words: five letters would turn up in random ids by chance.
    traces = ("zebedeestone", "zebquarkling", "quarkenbush", "periwinkle", str(login["user_id"]))
    folder = world.services.settings.data_dir
    before = {trace for trace in traces for _, text in everything_stored(folder) if trace in text.lower() or trace in text}
    assert before == set(traces)
    assert world.client.post("/api/v1/account/delete", json={"current_password": PASSWORD}, headers=headers).status_code == 200
    world.services.mail_worker.deliver_due()
    left = [(where, trace) for where, text in everything_stored(folder) for trace in traces if trace in text.lower() or trace in text]
    assert left == [("tokens", str(login["user_id"]))], "only the reminder to look after the account once more may be left"
    assert world.client.get("/profile", headers=headers).status_code == 401
    assert world.client.get("/api/v1/chat/shared/" + share["url"].rpartition("=")[2]).status_code == 404
    assert status_of_login(world, "zebedeestone@example.com", PASSWORD) == 401
    assert world.client.get("/api/history", headers=world.bearer(other["token"])).json()["total"] == 1
