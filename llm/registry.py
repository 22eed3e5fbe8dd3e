"""All providers behind one face: order, retries, fail-over, circuit breakers, and the offline examiner as the last resort."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core import log
from core.clock import Clock
from llm.breaker import Breaker
from llm.call import Call
from llm.config import RetryPolicy
from llm.errors import AnswerCutOff, Cancelled, Fault, ProviderFault, ProviderUnavailable, Retry
from llm.models import ChatRequest, Delta, Done, Event, JsonAnswer, ProviderChoice
from llm.ports import Provider

_MOST_KEYS = 20
"""How many keys of one provider are tried for one answer."""

_log = log.get("llm")


class Registry:
    """Implements `llm.ports.Models`.

    `providers` are asked in order; several entries of one name are models of one service. `chance` gives numbers in [0, 1) for
    the jitter. `pause` waits (and stops waiting when the call is cancelled); tests pass one that only notes the seconds.
    """

    def __init__(
        self,
        *,
        providers: Sequence[Provider],
        last_resort: Provider | None,
        policy: RetryPolicy,
        new_call: Callable[[], Call],
        clock: Clock,
        chance: Callable[[], float],
        pause: Callable[[Call, float], None] = Call.pause,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._providers = tuple(providers)
        self._last_resort = last_resort
        self._policy = policy
        self._new_call = new_call
        self._chance = chance
        self._pause = pause
        self._monotonic = monotonic
        self._breakers = [Breaker(policy, clock=clock) for _ in self._providers]

    @property
    def has_models(self) -> bool:
        """Whether any real model is configured."""
        return any(not provider.capabilities.offline for provider in self._providers)

    def choices(self) -> tuple[ProviderChoice, ...]:
        """Return the providers in order, each name once, the last resort at the end."""
        found: dict[str, ProviderChoice] = {}
        for provider, breaker in zip(self._providers, self._breakers, strict=True):
            known = found.get(provider.name)
            if known is None:
                found[provider.name] = _choice(provider, ready=breaker.closed())
            elif not known.ready and breaker.closed():
                found[provider.name] = replace(known, ready=True, model=provider.model)
        if self._last_resort is not None:
            found.setdefault(self._last_resort.name, _choice(self._last_resort, ready=True))
        return tuple(found.values())

    def stream(self, request: ChatRequest, *, call: Call | None = None) -> Iterator[Event]:
        """Yield pieces, then `Done` (see `llm.ports.Models`)."""
        call = call or self._new_call()
        failed = False
        for provider, breaker in self._in_order(request, call):
            for attempt in range(self._policy.attempts):
                fault = yield from self._with_any_key(provider, request, call)
                if fault is None:
                    breaker.succeeded()
                    return
                failed = True
                if not self._try_again(provider, fault, attempt=attempt, call=call):
                    _count(breaker, fault)
                    break
        yield from self._from_last_resort(request, call, failed=failed)

    def complete_json(self, request: ChatRequest, schema: Mapping[str, Any], *, call: Call | None = None) -> JsonAnswer:
        """Return a structured answer (see `llm.ports.Models`)."""
        call = call or self._new_call()
        for provider, breaker in self._in_order(request, call):
            if not provider.capabilities.structured:
                continue
            for attempt in range(self._policy.attempts):
                outcome = self._json_attempt(provider, request, schema, call)
                if isinstance(outcome, JsonAnswer):
                    breaker.succeeded()
                    return outcome
                if not self._try_again(provider, outcome, attempt=attempt, call=call):
                    _count(breaker, outcome)
                    break
        raise ProviderUnavailable

    def warm_up(self) -> None:
        """Load the HTTP library and the trusted certificates if a provider will need them (see `llm.ports.Models`)."""
        if self.has_models:
            from core import connections  # noqa: PLC0415 - takes 100 ms, which the start must not pay for

            connections.warm_up()

    def close(self) -> None:
        """Free what the providers hold."""
        for provider in self._providers:
            provider.close()

    def _with_any_key(self, provider: Provider, request: ChatRequest, call: Call) -> Generator[Event, None, ProviderFault | None]:
        fault = yield from self._attempt(provider, request, call)
        for _ in range(_MOST_KEYS):
            if fault is None or fault.retry is not Retry.AT_ONCE:
                break
            fault = yield from self._attempt(provider, request, call)
        return fault

    def _attempt(self, provider: Provider, request: ChatRequest, call: Call) -> Generator[Event, None, ProviderFault | None]:
        """Pass on one provider's answer; return None when it is whole, or the fault if nothing of it was passed on yet."""
        call.begin_attempt()
        started = self._monotonic()
        spoken = False
        try:
            call.check()
            for event in provider.stream(request, call=call):
                if isinstance(event, Delta) and not spoken:
                    spoken = True
                    call.first_token_arrived(provider=provider.name, model=provider.model)
                yield event
                if isinstance(event, Done):
                    self._note(provider, "answered", started)
        except ProviderFault as fault:
            self._note(provider, fault.fault.value, started)
            if spoken:
                raise AnswerCutOff(fault.fault) from None
            return _excused(fault, call)
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - a provider promises to raise nothing else; if one does, the next one answers
            broken = _broken(provider, error)
            if spoken:
                raise AnswerCutOff(broken.fault) from None
            return broken
        return None

    def _json_attempt(self, provider: Provider, request: ChatRequest, schema: Mapping[str, Any], call: Call) -> JsonAnswer | ProviderFault:
        fault = ProviderFault(Fault.NO_KEY, Retry.ELSEWHERE, counts=False)
        for _ in range(_MOST_KEYS):
            started = self._monotonic()
            try:
                call.check()
                answer = provider.complete_json(request, schema, call=call)
            except ProviderFault as error:
                fault = error
                self._note(provider, fault.fault.value, started)
                if fault.retry is not Retry.AT_ONCE:
                    return fault
            except Cancelled:
                raise
            except Exception as error:  # noqa: BLE001 - as in `_attempt`
                return _broken(provider, error)
            else:
                self._note(provider, "answered", started)
                return answer
        return fault

    def _try_again(self, provider: Provider, fault: ProviderFault, *, attempt: int, call: Call) -> bool:
        """Wait and say yes, if the fault may pass and there is time and an attempt left. Raises `Cancelled`."""
        if fault.retry is not Retry.LATER or attempt + 1 >= self._policy.attempts:
            return False
        policy = self._policy
        seconds = min(policy.first_pause * 2**attempt, policy.longest_pause) * (0.5 + self._chance() / 2)
        if fault.retry_after > policy.longest_pause:
            return False
        seconds = max(seconds, fault.retry_after)
        if seconds >= call.total_remaining():
            return False
        _log.info("provider tried again", extra={"provider": provider.name, "fault": fault.fault.value, "pause_s": round(seconds, 2)})
        self._pause(call, seconds)
        return True

    def _in_order(self, request: ChatRequest, call: Call) -> Iterator[tuple[Provider, Breaker]]:
        """Yield the providers to ask, the wished one first and the unwished last, without those that rest; none when time is up."""
        if self._last_resort is not None and request.provider == self._last_resort.name:
            return
        pairs = list(zip(self._providers, self._breakers, strict=True))
        pairs.sort(key=lambda pair: (pair[0].name != request.provider, pair[0].name in request.avoid))
        for provider, breaker in pairs:
            if call.total_remaining() <= 0:
                return
            if breaker.allows():
                yield provider, breaker

    def _from_last_resort(self, request: ChatRequest, call: Call, *, failed: bool) -> Iterator[Event]:
        if self._last_resort is None:
            raise ProviderUnavailable
        wished = request.provider == self._last_resort.name
        standing_in = self.has_models and not wished
        if standing_in:
            _log.warning("the offline examiner answers", extra={"tried": failed})
        call.first_token_arrived(provider=self._last_resort.name, model=self._last_resort.model)
        try:
            yield from self._last_resort.stream(replace(request, standing_in=standing_in), call=call)
        except ProviderFault as fault:
            raise AnswerCutOff(fault.fault) from None

    def _note(self, provider: Provider, outcome: str, started: float) -> None:
        """Log one attempt: who, how it ended, how long. Never a key, a prompt or an answer."""
        level = _log.debug if outcome == "answered" else _log.warning
        elapsed = round((self._monotonic() - started) * 1000)
        level("provider call", extra={"provider": provider.name, "model": provider.model, "outcome": outcome, "ms": elapsed})


def _count(breaker: Breaker, fault: ProviderFault) -> None:
    if fault.counts:
        breaker.failed()


def _broken(provider: Provider, error: Exception) -> ProviderFault:
    """Return the fault for what no provider should raise; its text is not logged, it may quote the prompt."""
    _log.error("provider broke", extra={"provider": provider.name, "error": type(error).__name__})
    return ProviderFault(Fault.MALFORMED, Retry.ELSEWHERE)


def _excused(fault: ProviderFault, call: Call) -> ProviderFault:
    """Return a fault that does not count if the provider had less than its time, because others had used up the answer's."""
    if fault.fault is Fault.TIMED_OUT and call.attempt_was_shortened:
        return ProviderFault(fault.fault, fault.retry, retry_after=fault.retry_after, counts=False)
    return fault


def _choice(provider: Provider, *, ready: bool) -> ProviderChoice:
    return ProviderChoice(
        name=provider.name, label=provider.label, model=provider.model, offline=provider.capabilities.offline, ready=ready
    )
