"""Any service with an OpenAI-compatible chat endpoint: OpenRouter, Gemini, Groq, OpenAI, Ollama and others."""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from core.clock import Clock
from llm.call import Call
from llm.config import ProviderConfig, RetryPolicy
from llm.errors import Cancelled, Fault, ProviderFault, Retry
from llm.keys import KeyRing
from llm.models import Capabilities, ChatRequest, Delta, Done, Event, JsonAnswer
from llm.prompt import messages_for, schema_instructions
from llm.providers.chunks import Reading, chunks, text_of, usage
from llm.providers.faults import fault_of, fault_of_answer

if TYPE_CHECKING:
    from core.connections import Answer, Connections

_OK = 200
_LONGEST_FAULT, _LONGEST_OBJECT = 100_000, 4_000_000
"""Bytes: what is read of an error, and of a structured answer."""
_FENCE = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)


class OpenAICompatible:
    """One model of one service. Several models of a service share its `keys`."""

    capabilities = Capabilities(structured=True, offline=False)

    def __init__(self, config: ProviderConfig, *, model: str, keys: KeyRing, policy: RetryPolicy, clock: Clock) -> None:
        self.name = config.name
        self.label = config.label
        self.model = model
        self._config = config
        self._keys = keys
        self._policy = policy
        self._clock = clock
        self._lock = threading.Lock()
        self._connections: Connections | None = None
        self._url = f"{config.base_url.rstrip('/')}/chat/completions"
        self._plain = False  # the service refused the optional parts of our requests once
        self._schemas = True  # the service knows JSON schemas as far as we know

    def stream(self, request: ChatRequest, *, call: Call) -> Iterator[Event]:
        """Yield the answer (see `Provider.stream`)."""
        key = self._keys.take()
        reading = Reading()
        options: dict[str, Any] = {} if self._plain else {"stream_options": {"include_usage": True}}
        try:
            with self._answer(key, call, {**self._parameters(request), "stream": True, **options}) as answer:
                for chunk in chunks(answer.parts(), at_end=reading.says_done):
                    call.check()
                    if text := reading.take(chunk):
                        yield Delta(text)
                reading.end()
                answer.finish()
        except (Cancelled, GeneratorExit):
            raise
        except Exception as error:  # noqa: BLE001 - whatever the HTTP library or a malformed answer raises is this provider's fault
            raise self._fault(error, key=key, call=call) from None  # their texts quote the prompt and the answer
        yield Done(provider=self.name, model=reading.model or self.model, usage=reading.usage, cut_short=reading.cut_short)

    def complete_json(self, request: ChatRequest, schema: Mapping[str, Any], *, call: Call) -> JsonAnswer:
        """Return an answer that fits the schema (see `Provider.complete_json`)."""
        key = self._keys.take()
        with_schema = self._schemas
        try:
            with self._answer(key, call, self._json_parameters(request, schema, with_schema=with_schema)) as response:
                answer = json.loads(response.read(_LONGEST_OBJECT))
            text = text_of(answer)
        except Exception as error:  # noqa: BLE001 - as in `stream`
            fault = self._fault(error, key=key, call=call)
            if fault.fault is Fault.BAD_REQUEST and with_schema:
                self._schemas = False
                raise ProviderFault(Fault.BAD_REQUEST, Retry.AT_ONCE, counts=False) from None
            raise fault from None
        return JsonAnswer(
            value=_fitting(text, schema),
            provider=self.name,
            model=str(answer.get("model") or self.model),
            usage=usage(answer.get("usage") or {}),
        )

    def close(self) -> None:
        """Close idle connections; the provider can still be used and opens new ones."""
        with self._lock:
            connections, self._connections = self._connections, None
        if connections is not None:
            connections.close()

    def _answer(self, key: str, call: Call, body: Mapping[str, Any]) -> "Answer":
        """Post `body` and return the answer, unread. Raises the fault of a status that is no success."""
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        answer = self._open().post(content, headers, call=call, connect_seconds=call.limits.connect)
        if answer.status == _OK:
            return answer
        with answer:
            raise fault_of_answer(answer.status, answer.headers, answer.read(_LONGEST_FAULT), now=self._clock.now())

    def _parameters(self, request: ChatRequest) -> dict[str, Any]:
        parameters: dict[str, Any] = {"model": self.model, "messages": messages_for(request)}
        if not self._plain:
            parameters["max_completion_tokens" if self._config.new_length_name else "max_tokens"] = request.max_output_tokens
            if request.temperature is not None:
                parameters["temperature"] = request.temperature
            if self._config.reports_cost:
                parameters["usage"] = {"include": True}
        return parameters

    def _json_parameters(self, request: ChatRequest, schema: Mapping[str, Any], *, with_schema: bool) -> dict[str, Any]:
        parameters = self._parameters(request)
        if with_schema:
            shape = {"name": "answer", "strict": True, "schema": dict(schema)}
            return {**parameters, "response_format": {"type": "json_schema", "json_schema": shape}}
        parameters["messages"][0]["content"] += "\n\n" + schema_instructions(schema)
        return {**parameters, "response_format": {"type": "json_object"}}

    def _fault(self, error: Exception, *, key: str, call: Call) -> ProviderFault:
        """Turn what went wrong into our fault; a key that is to blame is set aside. Raises `Cancelled`."""
        if call.cancelled:
            raise Cancelled from None
        if call.remaining() <= 0:
            return ProviderFault(Fault.TIMED_OUT, Retry.ELSEWHERE)
        fault = error if isinstance(error, ProviderFault) else fault_of(error)
        if fault.fault is Fault.BAD_REQUEST and not self._plain:
            self._plain = True
            return ProviderFault(Fault.BAD_REQUEST, Retry.AT_ONCE, counts=False)
        return self._blame_key(fault, key)

    def _blame_key(self, fault: ProviderFault, key: str) -> ProviderFault:
        policy = self._policy
        if fault.fault in {Fault.KEY_REFUSED, Fault.NO_CREDIT}:
            self._keys.set_aside(key, seconds=policy.refused_key_seconds)
        elif fault.fault is Fault.RATE_LIMITED:
            if fault.retry_after <= policy.longest_pause and not self._keys.has_other_ready(key):
                return fault
            rest = fault.retry_after or policy.limited_key_seconds
            self._keys.set_aside(key, seconds=min(rest, policy.longest_limit_seconds))
        else:
            return fault
        another = self._keys.ready()
        return ProviderFault(fault.fault, Retry.AT_ONCE if another else Retry.ELSEWHERE, retry_after=fault.retry_after, counts=not another)

    def _open(self) -> "Connections":
        # The HTTP library takes 30 ms to import; a start without a request to a model must not pay for it.
        from core.connections import Connections  # noqa: PLC0415 - see above

        with self._lock:
            if self._connections is None:
                self._connections = Connections(self._url)
            return self._connections


def _fitting(text: str, schema: Mapping[str, Any]) -> Mapping[str, object]:
    """Return the object in `text` if it fits the schema; models wrap JSON in code fences although told not to."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 70 ms that only structured answers need

    fenced = _FENCE.match(text)
    try:
        value = json.loads(fenced[1] if fenced else text)
    except ValueError:
        raise ProviderFault(Fault.MALFORMED, Retry.LATER) from None
    if not isinstance(value, dict) or not Draft202012Validator(dict(schema)).is_valid(value):
        raise ProviderFault(Fault.MALFORMED, Retry.LATER)
    return value
