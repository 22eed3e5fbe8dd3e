import hashlib

import httpx2
import pytest

from auth.breach import TIMEOUT_SECONDS, PwnedRange

PASSWORD = "Quiet-Harbour-71"
SHA1 = hashlib.sha1(PASSWORD.encode()).hexdigest().upper()


class Service:
    """A range service in the place of the network."""

    def __init__(self, text: str = "", status: int = 200, fault: Exception | None = None) -> None:
        self.text, self.status, self.fault = text, status, fault
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        if self.fault is not None:
            raise self.fault
        return httpx2.Response(self.status, text=self.text)


def asked(service: Service) -> bool:
    return PwnedRange(url="https://breaches.example.org/range/", transport=httpx2.MockTransport(service)).contains(PASSWORD)


def test_a_listed_suffix_is_a_breached_password() -> None:
    """ASVS 6.2.12."""
    assert asked(Service(f"0000000000000000000000000000000000A:3\r\n{SHA1[5:]}:42\r\n"))


def test_another_suffix_is_not() -> None:
    assert not asked(Service("0000000000000000000000000000000000A:3\r\n"))


def test_a_padding_line_is_not() -> None:
    assert not asked(Service(f"{SHA1[5:]}:0\r\n"))


def test_only_five_characters_of_the_hash_leave() -> None:
    """ASVS 6.2.12: k-anonymity."""
    service = Service()
    asked(service)
    (request,) = service.requests
    assert request.url == f"https://breaches.example.org/range/{SHA1[:5]}"
    assert request.headers["add-padding"] == "true"
    said = f"{request.url} {dict(request.headers)} {request.content!r}"
    assert SHA1[5:] not in said
    assert PASSWORD not in said
    assert request.extensions["timeout"] == dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT_SECONDS)


@pytest.mark.parametrize(
    "service", [Service(status=503), Service(fault=httpx2.ConnectError("down")), Service(fault=httpx2.ReadTimeout("slow"))]
)
def test_a_service_that_is_down_refuses_nobody(service: Service) -> None:
    """ASVS 6.2.12: it degrades to the bundled list, which the policy asks first."""
    assert not asked(service)
