"""One exam: the choices before it starts, then the whole of it from the first question to the end."""

import streamlit as st

from core.errors import AppError
from ui import faults, frame, menu, session, sitting
from ui.views import exams as view

person = session.require_person()
services = session.services()
exam_id = st.query_params.get("e", "")
form = next((one for one in services.exams.formats() if one.id == st.query_params.get("f", "")), None)

if exam_id:
    sitting.Sitting(services.exams, services.clock, person.user.id, exam_id).show()
elif form is None:
    frame.go(menu.EXAMS)
else:
    start = view.set_up(form, level=person.user.target_level or "B1")
    if start is not None:
        try:
            services.auth.require_verified(person.user)
            begun = services.exams.start(person.user.id, format_id=form.id, level=start.level, mode=start.mode)
        except AppError as error:
            faults.show(error)
        else:
            frame.go(menu.EXAM, e=begun.exam.id)
