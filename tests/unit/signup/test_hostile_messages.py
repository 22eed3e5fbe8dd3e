"""Random messages at every step. `SIGNUP_EXAMPLES=10000` runs as many as the acceptance asks for."""

import os
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signup.models import ASKED, Reply, Step
from tests.unit.signup.room import Room, make_room

EXAMPLES = int(os.environ.get("SIGNUP_EXAMPLES", "150"))

SAID = "yes|no|go back|start over|summary|my email is|a@b.example.com|not|@handle|call me|my name is|Ana|García|李|محمد|at|dot|com|keep it"
# Parts of attacks and of messages that look like one.
NASTY = "<b>|</script>|{0}|{email}|%s|$where|; DROP TABLE users|password:|Zebra99crossing|javascript:|'|`|🏳️‍🌈|ﬃ|＠|．|change my username to"
PIECES = st.sampled_from([*SAID.split("|"), *NASTY.split("|"), "\u202e", "\u200f", "\x00", "\x1b[31m", "\ud800", '"', "\n"])
WILD = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=st.characters(), max_size=200),
    st.lists(PIECES, max_size=12).map(" ".join),
    st.lists(PIECES, max_size=6).map("".join),
    st.text(min_size=900, max_size=1100),
)
_UNWANTED = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def is_clean(text: str) -> bool:
    """Tell whether a text has nothing that could hide, turn around or mark up what stands beside it."""
    return not any(unicodedata.category(ch) in _UNWANTED or ch in "<>" for ch in text)


def check(room: Room, reply: Reply, other_email: str) -> None:
    """Hold what must never happen."""
    assert other_email not in str(reply)
    assert all(is_clean(value) for value in reply.collected.values())
    for document in room.sessions.documents.values():
        data = document["collected_data"]
        assert isinstance(data, dict)
        assert all(is_clean(value) for value in data.values() if value)
    if reply.next_step is Step.COMPLETE:
        assert reply.success
        assert room.auth.get_user(reply.user_id or "") is not None
    else:
        assert reply.user_id is None
        assert reply.access_token is None


@pytest.mark.timeout(1800)  # the long run takes minutes, more on a busy machine
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(step=st.sampled_from([Step.START, *ASKED]), messages=st.lists(WILD, min_size=1, max_size=4), claimed=st.sampled_from([None, *Step]))
def test_no_message_breaks_the_conversation_or_leaves_anything_unclean(step: Step, messages: list[str], claimed: Step | None) -> None:
    room = make_room()
    other = room.person()
    other.says("yes")
    other.says("somebody.else@example.net")
    person = room.person().until(step)
    for message in messages:
        reply = person.says(message, step=claimed)
        check(room, reply, "somebody.else@example.net")
        if person.step is Step.COMPLETE:
            break
    stored = room.sessions.get(other.session_id or "")
    assert stored is not None
    assert stored.step is Step.USERNAME
    assert stored.collected.email == "somebody.else@example.net"
