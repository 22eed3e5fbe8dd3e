"""History: not open yet."""

from ui import frame, session

person = session.require_person()
frame.not_found("This page opens soon.")
