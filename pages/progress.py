"""Progress: the ranges of all exams over time."""

from ui import client, session, when
from ui.views import progress as view

person = session.require_person()
services = session.services()
now, zone = services.clock.now(), client.timezone()
view.progress(services.exams.progress(person.user.id), zone=zone, said=lambda at: when.said(at, now=now, zone=zone))
