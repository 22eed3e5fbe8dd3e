"""Any service with an OpenAI-compatible chat endpoint: OpenRouter, Gemini, Groq, OpenAI, Ollama and others."""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
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
    import httpx2

_CONNECTIONS = 512
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
        self._http: httpx2.Client | None = None
        self._url = f"{config.base_url.rstrip('/')}/chat/completions"
        self._plain = False  # the service refused the optional parts of our requests once
        self._schemas = True  # the service knows JSON schemas as far as we know

    def stream(self, request: ChatRequest, *, call: Call) -> Iterator[Event]:
        """Yield the answer (see `Provider.stream`)."""
        from llm.providers.deadline import bound  # noqa: PLC0415 - brings the HTTP library, see _client

        key = self._keys.take()
        reading = Reading()
        options: dict[str, Any] = {} if self._plain else {"stream_options": {"include_usage": True}}
        try:
            with ExitStack() as opened:
                with bound(call):
                    response = opened.enter_context(self._answer(key, call, {**self._parameters(request), "stream": True, **options}))
                for chunk in chunks(response.iter_bytes(), at_end=reading.says_done):
                    call.check()
                    if text := reading.take(chunk):
                        yield Delta(text)
            reading.end()
        except (Cancelled, GeneratorExit):
            raise
        except Exception as error:  # noqa: BLE001 - whatever the HTTP library or a malformed answer raises is this provider's fault
            raise self._fault(error, key=key, call=call) from None  # their texts quote the prompt and the answer
        yield Done(provider=self.name, model=reading.model or self.model, usage=reading.usage, cut_short=reading.cut_short)

    def complete_json(self, request: ChatRequest, schema: Mapping[str, Any], *, call: Call) -> JsonAnswer:
        """Return an answer that fits the schema (see `Provider.complete_json`)."""
        from llm.providers.deadline import bound  # noqa: PLC0415 - brings the HTTP library, see _client

        key = self._keys.take()
        with_schema = self._schemas
        try:
            with bound(call), self._answer(key, call, self._json_parameters(request, schema, with_schema=with_schema)) as response:
                answer = json.loads(response.read())
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
            http, self._http = self._http, None
        if http is not None:
            http.close()

    @contextmanager
    def _answer(self, key: str, call: Call, body: Mapping[str, Any]) -> "Iterator[httpx2.Response]":
        """Post `body` and give the response, unread, while it is open. Raises the fault of a status that is no success."""
        limits = {"connect": call.limits.connect, "read": call.limits.total, "write": call.limits.total, "pool": call.limits.total}
        with self._client().stream(
            "POST",
            self._url,
            content=json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
            extensions={"timeout": limits},
        ) as response:
            if not response.is_success:
                raise fault_of_answer(response.status_code, response.headers, response.read(), now=self._clock.now())
            yield response

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

    def _client(self) -> "httpx2.Client":
        # The HTTP library takes 60 ms to import; a start without a request to a model must not pay for it.
        import httpx2  # noqa: PLC0415 - see above

        from llm.providers.deadline import DeadlineTransport  # noqa: PLC0415 - as above

        with self._lock:
            if self._http is None:
                transport = DeadlineTransport(base_url=self._config.base_url, connections=_CONNECTIONS)
                self._http = httpx2.Client(transport=transport, follow_redirects=False, headers={"User-Agent": "viva"})
            return self._http


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
