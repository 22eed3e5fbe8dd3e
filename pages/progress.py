"""Progress: the ranges of all exams over time."""

from ui import client, session, when
from ui.views import progress as view

person = session.require_person()
view.progress(session.services().exams.progress(person.user.id), zone=client.timezone(), said=when.teller())
