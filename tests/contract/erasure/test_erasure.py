"""Deleting an account walks every store: a person with something everywhere, and then nothing of them anywhere."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from auth.errors import BadCredentials, NotSignedIn
from auth.flows.register import RegisterForm
from auth.models import Client
from auth.results import Identity
from chat.errors import ShareNotFound
from signup.models import Step
from tests.contract.erasure.conftest import Site
from tests.unit.exam.engine.speaker import spoken

PASSWORD = "Corr3ct-horse-battery"
NEW_PASSWORD = "Blue-tram7-Lisbon"
HOME = Client(ip="192.0.2.44", user_agent="Zebrafox/7", device="d" * 43)
DIALOGUE = (
    ("start", "Yes, let's start"),
    ("email", "My email is {name}@example.com"),
    ("username", "{name}"),
    ("password", PASSWORD),
    ("firstname", "{first}"),
    ("lastname", "Quark"),
)


@dataclass(frozen=True, kw_only=True)
class Life:
    """Somebody who has used everything, and what opens their doors."""

    who: Identity
    access: str
    refresh: str
    cookie: str
    share: str
    marks: tuple[str, ...]
    """What stands somewhere for every place that knows them; the last ones are words that only they wrote."""


def lived(site: Site, name: str, *, boss: Identity) -> Life:
    """Let somebody use everything that leaves a trace."""
    services, auth = site.services, site.services.auth
    address, first = f"{name}@example.com", name.title()
    auth.forgot_password(address, client=HOME)  # a letter to an address without an account
    auth.create_invite(boss, email=address)
    user_id = signed_up(site, name=name, first=first)
    signed_in = auth.login(address, PASSWORD, client=HOME)
    who = Identity(user=signed_in.user, session=signed_in.session)
    grant = auth.redeem_handoff(auth.start_handoff(who.session.id), client=HOME)
    auth.refresh(signed_in.refresh_token, client=HOME)
    auth.update_profile(who, {"preferences": {"pet": f"{name}-parrot"}, "target_level": "B2"}, client=HOME)
    auth.resend_verification(address, client=HOME)
    auth.forgot_password(address, client=HOME)
    auth.request_email_change(who, f"{name}.second@example.com", PASSWORD, client=HOME)
    with pytest.raises(BadCredentials):
        auth.login(address, "Wr0ng-password", client=HOME)
    auth.admin.unlock(boss, user_id)
    services.mail_worker.deliver_due()
    auth.start_handoff(who.session.id)
    auth.admin.start_reset(boss, user_id)  # letters that still wait
    share = talked(site, user_id, word=f"{name}-periwinkle")
    examined(site, user_id, word=f"{name}-harbour")
    fresh = auth.login(address, PASSWORD, client=HOME)
    marks = (user_id, address, f"{name}.second@", f"{name}-parrot", f"{name}-periwinkle", f"{name}-harbour")
    return Life(who=who, access=fresh.access_token, refresh=fresh.refresh_token, cookie=grant.cookie, share=share, marks=marks)


def signed_up(site: Site, *, name: str, first: str) -> str:
    session, user_id = None, None
    for step, words in DIALOGUE:
        said = words.format(name=name, first=first)
        reply = site.services.signup.handle(message=said, session_id=session, current_step=Step(step), client=HOME)
        session, user_id = reply.session_id, reply.user_id
    assert user_id, reply
    half = site.services.signup.handle(message="Yes", session_id=None, current_step=Step.START, client=HOME)
    site.services.signup.handle(message="other@example.com", session_id=half.session_id, current_step=Step.EMAIL, client=HOME)
    return user_id


def talked(site: Site, user_id: str, *, word: str) -> str:
    chat = site.services.chat
    sent = chat.start(user_id, level="B1")
    chat.finished(user_id, sent.reply.id, timeout=20)
    more = chat.send(
        user_id, conversation_id=sent.conversation.id, text=f"I collect every {word} that I find.", idempotency_key=f"{word}-key"
    )
    chat.finished(user_id, more.reply.id, timeout=20)
    chat.rename(user_id, sent.conversation.id, f"About {word}")
    chat.star(user_id, sent.conversation.id, starred=True)
    _, secret = chat.share(user_id, sent.conversation.id)
    binned = chat.start(user_id, level="A2")
    chat.finished(user_id, binned.reply.id, timeout=20)
    chat.delete_one(user_id, binned.conversation.id)
    return secret


def examined(site: Site, user_id: str, *, word: str) -> None:
    exams = site.services.exams
    exams.give_consent(user_id)
    view = exams.start(user_id, format_id="quick-check", level="B1", mode="practice")
    exam_id, number = view.exam.id, 0
    while view.turn is not None:
        key, number = view.turn.key, number + 1
        exams.begin_answer(user_id, exam_id, key)
        if number == 1:
            exams.submit_recording(user_id, exam_id, key, spoken(), hand_in_anyway=True)
            exams.confirm_transcript(user_id, exam_id, key, f"Every morning I walk to the {word} because I like it there.")
        else:
            exams.submit_text(user_id, exam_id, key, f"I think that the {word} is good for people of my age.", hand_in_anyway=True)
        view = exams.go_on(user_id, exam_id, key)
    exams.finish(user_id, exam_id, accept_transcripts=True, wait=30)
    assert exams.report(user_id, exam_id, wait=30)
    exams.start(user_id, format_id="quick-check", level="B1")  # and one that is under way


@pytest.fixture
def boss(site: Site) -> Identity:
    """Return an administrator."""
    auth = site.services.auth
    auth.create_admin(RegisterForm(email="boss@example.org", password=PASSWORD, full_name="Boss"))
    signed_in = auth.login("boss@example.org", PASSWORD)
    return Identity(user=signed_in.user, session=signed_in.session)


def end(site: Site, life: Life) -> None:
    """Delete the account, and let the clean-up that a deletion wakes do its part."""
    who = site.services.auth.recheck(life.who.session.id)
    site.services.auth.delete_account(who, PASSWORD)
    site.services.tidy()


def test_nothing_of_a_deleted_account_is_left_in_any_store(site: Site, boss: Identity) -> None:
    """ASVS 7.4.2, 14.2.8: the id, the addresses, and every word of theirs are gone from all tables, collections and files."""
    other = lived(site, "bobolink", boss=boss)
    life = lived(site, "zebedeestone", boss=boss)
    assert [mark for mark in life.marks if not site.where(mark)] == []
    before = {mark: len(site.where(mark)) for mark in other.marks}
    end(site, life)
    left = {word: places for word in (*life.marks, "zebedeestone") if (places := site.where(word))}
    assert list(left) == [life.who.user.id]
    assert set(left[life.who.user.id]) <= {"tokens", "viva.db"}, "only the reminder to look after the account once more"
    assert {mark: len(site.where(mark)) for mark in other.marks} == before
    site.clock.advance(minutes=10)
    site.services.tidy()
    assert site.where(life.who.user.id) == []


def test_no_door_of_a_deleted_account_opens(site: Site, boss: Identity) -> None:
    """ASVS 7.4.1, 7.4.2."""
    auth, life = site.services.auth, lived(site, "zebedeestone", boss=boss)
    assert auth.authenticate(life.access).user.id == life.who.user.id
    assert site.services.chat.shared(life.share)
    end(site, life)
    for attempt in (
        lambda: auth.authenticate(life.access),
        lambda: auth.refresh(life.refresh),
        lambda: auth.session_from_cookie(life.cookie),
        lambda: auth.recheck(life.who.session.id),
    ):
        with pytest.raises(NotSignedIn):
            attempt()
    with pytest.raises(BadCredentials):
        auth.login("zebedeestone@example.com", PASSWORD)
    with pytest.raises(ShareNotFound):
        site.services.chat.shared(life.share)


def test_what_is_kept_names_nobody(site: Site, boss: Identity) -> None:
    """Kept are the acts of a deleted administrator on others, without a name."""
    auth = site.services.auth
    life = lived(site, "zebedeestone", boss=boss)
    auth.promote_to_admin("zebedeestone@example.com")
    actor = auth.recheck(life.who.session.id)
    auth.admin.unlock(actor, boss.user.id, client=HOME)
    end(site, life)
    (kept,) = [event for event in auth.own_events(boss) if event.name == "admin:user:unlocked"]
    assert (kept.actor_id, kept.ip, kept.user_agent) == ("", "", "")


def test_old_sign_up_conversations_and_links_go_by_themselves(site: Site, boss: Identity) -> None:
    lived(site, "zebedeestone", boss=boss)
    site.clock.advance(days=31)
    site.services.tidy()
    rows = [place for place, _ in site.rows() if place in {"signup_sessions", "tokens", "sessions", "session_refresh"}]
    assert rows == []
    assert site.clock.now() - boss.session.created_at > timedelta(days=30)
