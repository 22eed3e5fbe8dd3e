"""What a provider gets to know of a conversation: the newest turns that fit the budget, and a retelling of the older ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from chat.models import Conversation, Message, MessageRole, MessageStatus
from chat.ports import ConversationStore
from llm.models import Role, Turn
from llm.prompt import fit

WINDOW = 40
"""Messages that are looked at; more of them than fit any budget in use."""
_RETOLD_AT_ONCE = 200
_GIST_WORDS = 18
_SUMMARY_CHARACTERS = 1_600
_FEWEST_LINES = 2  # the first and one more


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The turns for the provider, ending with the learner's last words, and the retelling of what was said before them."""

    turns: tuple[Turn, ...]
    summary: str


def build(store: ConversationStore, conversation: Conversation, *, asked: Message | None, budget: int) -> Context:
    """Return the context of a reply to the message `asked` (None: nothing was said yet), keeping the stored retelling current."""
    if asked is None:
        return Context(turns=(), summary="")
    first = asked.seq == 1  # then there is nothing to look up, and the answer begins the sooner
    loaded = [asked] if first else store.messages(conversation.user_id, conversation.id, limit=WINDOW, before=asked.seq + 1)
    said = spoken(loaded)
    turns = fit(said_turns(said), budget=budget)
    dropped = len(said) - len(turns)
    if not said or (not dropped and len(loaded) < WINDOW):
        return Context(turns=turns, summary="")
    return Context(turns=turns, summary=_retell(store, conversation, before=said[dropped].seq))


def said_turns(messages: Sequence[Message]) -> list[Turn]:
    """Return messages as turns of a request."""
    return [Turn(Role.USER if message.role is MessageRole.USER else Role.ASSISTANT, _words(message)) for message in messages]


def spoken(messages: Sequence[Message]) -> list[Message]:
    """Return the messages that make up the conversation: of alternative answers the newest with content, nothing empty.

    A reply that is still being made counts: whoever answers before it is at its end must not be greeted a second time.
    """
    chosen: dict[str, Message] = {}
    for message in messages:
        if message.role is not MessageRole.ASSISTANT or message.status is MessageStatus.FAILED:
            continue
        if message.content or (message.status is MessageStatus.STREAMING and message.reply_to not in chosen):
            chosen[message.reply_to] = message
    kept = set(map(id, chosen.values()))
    return [message for message in messages if (message.role is MessageRole.USER and message.content) or id(message) in kept]


def gist(message: Message) -> str:
    """Return one line that retells a learner's message."""
    words = message.content.split()
    text = " ".join(words[:_GIST_WORDS]) + (" …" if len(words) > _GIST_WORDS else "")
    return f"- The learner said: {text}"


def _words(message: Message) -> str:
    """Return what is said in a message; of a reply that is still being made what there is, with the question that it will end with."""
    if message.status is not MessageStatus.STREAMING:
        return message.content
    question = message.details.get("ask_text", "")
    if question in message.content:
        question = ""
    return "\n\n".join(part for part in (message.content, question) if part) or "…"


def _retell(store: ConversationStore, conversation: Conversation, *, before: int) -> str:
    """Extend the stored retelling by the learner's messages between its end and `before`; keep the first line and the newest ones."""
    lines = conversation.summary.splitlines()
    upto = conversation.summary_upto
    while upto < before - 1:
        older = store.messages(conversation.user_id, conversation.id, limit=_RETOLD_AT_ONCE, after=upto, before=before)
        if not older:
            break
        lines += [gist(message) for message in older if message.role is MessageRole.USER and message.content]
        upto = older[-1].seq
    summary = _cut(lines)
    if upto > conversation.summary_upto:
        store.set_summary(conversation.user_id, conversation.id, summary, upto=upto)
    return summary


def _cut(lines: list[str]) -> str:
    kept = list(lines)
    while len(kept) > _FEWEST_LINES and sum(map(len, kept)) > _SUMMARY_CHARACTERS:
        kept.pop(1)
    return "\n".join(kept)
