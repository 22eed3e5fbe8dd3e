"""One exam: the choices before it starts, then the whole of it from the first question to the end."""

import streamlit as st

from core.errors import AppError
from exam.models import Way
from ui import faults, frame, menu, session
from ui.exam import sitting
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
    last = services.exams.history(person.user.id, limit=1).items
    start = view.set_up(form, level=person.user.target_level or "B1", way=last[0].way if last else Way.SPEAK)
    if start is not None:
        try:
            services.auth.require_verified(person.user)
            begun = services.exams.start(person.user.id, format_id=form.id, level=start.level, mode=start.mode, way=start.way)
        except AppError as error:
            faults.show(error)
        else:
            frame.go(menu.EXAM, e=begun.exam.id)
