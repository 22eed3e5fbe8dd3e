"""What is left of conversations when the process dies in the middle of its answers."""

import os
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from chat.models import MessageRole, MessageStatus
from tests.unit.chat.programs.chatting import service

ROOT = Path(__file__).parents[3]
KILLS = 3
LINES_BEFORE_A_KILL = 60


def acknowledged_until_killed(path: Path) -> list[list[str]]:
    """Run the program, kill it without a warning after some sends, and return what it had acknowledged."""
    program = ROOT / "tests/unit/chat/programs/chatting.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(program), str(path)], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(LINES_BEFORE_A_KILL)]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
    return [line.split() for line in lines if line.endswith("\n")]


@pytest.mark.slow
def test_after_kills_every_acknowledged_message_is_there_in_order_and_no_answer_hangs(tmp_path: Path) -> None:
    path = tmp_path / "viva.db"
    acknowledged: dict[tuple[str, str], list[str]] = defaultdict(list)
    for _ in range(KILLS):
        for person, conversation, message, _number in acknowledged_until_killed(path):
            acknowledged[person, conversation].append(message)
    assert sum(map(len, acknowledged.values())) >= KILLS * LINES_BEFORE_A_KILL
    chats = service(path, pace=0)
    chats.open()
    cut = 0
    for (person, conversation), ids in acknowledged.items():
        stored = list(chats.all_messages(person, conversation))
        mine = [message.id for message in stored if message.role is MessageRole.USER]
        assert mine[: len(ids)] == ids
        assert len(mine) <= len(ids) + 1  # one may have been stored when the kill came before it was acknowledged
        assert len({message.seq for message in stored}) == len(stored)
        assert not [message for message in stored if message.status is MessageStatus.STREAMING]
        cut += sum(message.status is MessageStatus.INTERRUPTED for message in stored)
        chats.finished(person, chats.send(person, text="I go on where I was.", conversation_id=conversation).reply.id, timeout=30)
    assert cut
    chats.close()
