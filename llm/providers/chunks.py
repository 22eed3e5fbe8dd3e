"""The answers of a chat endpoint, in pieces and whole: what is read out of their JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic_core import from_json

from llm.errors import Fault, ProviderFault, Retry
from llm.models import Usage
from llm.providers.faults import fault_in_stream

_MICROS = 1_000_000
_MOST_TOKENS, _MOST_COST_MICROS = 10**9, 10**12
"""What is believed of one answer: a store could not write much larger numbers, nor add them up."""
_LONGEST_EVENT = 1_000_000
"""Bytes. An answer has some hundred of them in an event."""
_END = b"[DONE]"
_FIRST_HALF = range(0xD800, 0xDC00)
"""UTF-16 writes a character such as an emoji in two halves; services that count in UTF-16 cut between them."""


def chunks(body: Iterable[bytes], *, at_end: Callable[[], None]) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON object of each event until `[DONE]`, then call `at_end`, or the end (Server-Sent Events: HTML standard, 9.2.6).

    Raises ValueError for an event that is no JSON, TypeError for JSON that is no object, ProviderFault for one that reports an error.
    """
    for data in _events(body):
        if data.startswith(_END):
            at_end()
            return
        chunk = _parsed(data)
        if not isinstance(chunk, dict):
            raise TypeError("an event that is no object")
        if error := chunk.get("error"):
            raise fault_in_stream(error)
        yield chunk


class Reading:
    """What has been read of one stream so far."""

    def __init__(self) -> None:
        self._spoken = False
        self._ended = False
        self._finish = ""
        self._model = ""
        self._usage = Usage()
        self._half = ""

    def take(self, chunk: Mapping[str, Any]) -> str:
        """Note what the chunk says and return its text; blanks before the first word are left out, an answer of blanks is none.

        Raises ProviderFault for a filtered answer, TypeError and such for nonsense.
        """
        self._model = chunk.get("model") or self._model
        if used := chunk.get("usage"):
            self._usage = usage(used)
        choices = chunk.get("choices")
        if not choices:
            return ""
        choice = choices[0]
        self._finish = choice.get("finish_reason") or self._finish
        if self._finish == "content_filter":
            raise ProviderFault(Fault.FILTERED, Retry.ELSEWHERE, counts=False)
        text = (choice.get("delta") or {}).get("content") or ""
        if not isinstance(text, str):
            raise TypeError("a piece that is no text")
        text = text if text.isascii() and not self._half else self._whole(text)
        if not self._spoken:
            text = text.lstrip()
            self._spoken = bool(text)
        return text

    def says_done(self) -> None:
        """Note that the service said `[DONE]`: an end also where it gives no reason for it."""
        self._ended = True

    def end(self) -> None:
        """Raise the fault if the stream was no whole answer."""
        if not self._finish and not self._ended:
            raise ProviderFault(Fault.CUT_OFF, Retry.LATER)
        if not self._spoken:
            raise ProviderFault(Fault.EMPTY, Retry.LATER)

    @property
    def model(self) -> str:
        """Return the model that says it answered, empty if none does."""
        return str(self._model)

    @property
    def usage(self) -> Usage:
        """Return what the answer used."""
        return self._usage

    @property
    def cut_short(self) -> bool:
        """Tell whether the answer ended at its greatest length."""
        return self._finish == "length"

    def _whole(self, text: str) -> str:
        """Return the text without halves of characters; a half at its end waits for the next piece."""
        text, self._half = self._half + text, ""
        if text and _FIRST_HALF.start <= ord(text[-1]) < _FIRST_HALF.stop:
            text, self._half = text[:-1], text[-1]
        return _without_halves(text)


def text_of(answer: object) -> str:
    """Return the text of a whole answer. Raises ProviderFault for a filtered or empty one, TypeError and such for nonsense."""
    if not isinstance(answer, dict):
        raise TypeError("an answer that is no object")
    if error := answer.get("error"):
        raise fault_in_stream(error)
    choices = answer.get("choices")
    choice = choices[0] if choices else {}
    if choice.get("finish_reason") == "content_filter":
        raise ProviderFault(Fault.FILTERED, Retry.ELSEWHERE, counts=False)
    text = (choice.get("message") or {}).get("content") or ""
    if not text.strip():
        raise ProviderFault(Fault.EMPTY, Retry.LATER)
    return _without_halves(str(text)).strip()


def usage(found: Mapping[str, Any]) -> Usage:
    """Return the tokens and the cost that a service reports."""
    cost = found.get("cost")
    return Usage(
        prompt_tokens=_tokens(found.get("prompt_tokens")),
        completion_tokens=_tokens(found.get("completion_tokens")),
        cost_micros=round(min(max(0.0, float(cost) * _MICROS), _MOST_COST_MICROS)) if isinstance(cost, int | float) else 0,
    )


def _tokens(count: Any) -> int:
    return min(max(0, int(count or 0)), _MOST_TOKENS)


def _parsed(data: bytes) -> Any:
    try:
        return from_json(data)  # twice as fast as the standard library's, but it takes no half characters
    except ValueError:
        return json.loads(data)


def _without_halves(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _events(body: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the data of each event. Lines are split before decoding: JSON may hold U+2028, which only ends lines of decoded text.

    Raises ValueError for an event that does not end.
    """
    data: list[bytes] = []
    rest, room = b"", _LONGEST_EVENT
    for part in body:
        *lines, rest = (rest + part).split(b"\n")
        for ended in lines:
            line = ended.removesuffix(b"\r")
            if line.startswith(b"data:"):
                data.append(line[5:].removeprefix(b" "))
                room -= len(ended)
            elif not line and data:
                yield data[0] if len(data) == 1 else b"\n".join(data)
                data, room = [], _LONGEST_EVENT
        if len(rest) > room:
            raise ValueError("an event that is too long")
