"""Everything that is kept of one person, as one JSON document: what every component knows, put together."""

import json
from collections.abc import Iterator

from auth.results import Identity
from core.clock import to_iso
from wiring.services import Services

FORMAT = "viva-account"
VERSION = 1
FILE_NAME = "viva-account.json"


def account_as_json(services: Services, who: Identity) -> Iterator[str]:
    """Yield the document piece by piece; a long history is never in memory as a whole.

    Its members: `format`, `version`, `exported_at`, `profile`, `preferences`, `consents`, `sessions`, `events` (the audit trail),
    `conversations` with their messages, `exams` with their answers and reports. Hashes and tokens are in none of them; recordings
    are named, not included. May raise StoreUnavailable at any piece.
    """
    agreed = services.exams.agreed_at(who.user.id)
    head = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": to_iso(services.clock.now()),
        **services.auth.export(who),
        "consents": {"recording": {"agreed_at": to_iso(agreed) if agreed else None}},
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ',\n"events": ['
    between = "\n"
    for event in services.auth.export_events(who):
        yield between + json.dumps(event, ensure_ascii=False)
        between = ",\n"
    yield '],\n"conversations": '
    yield from services.chat.export_list(who.user.id)
    yield ',\n"exams": '
    yield from services.exams.export_list(who.user.id)
    yield "}\n"
