"""Exams: choose one, go on with one, look at the results."""

import streamlit as st

from ui import client, exam_list, frame, session, when
from ui.views import exams as view
from ui.views import history

person = session.require_person()
services = session.services()
cursors = exam_list.cursors()
page = services.exams.history(person.user.id, after=cursors[-1] if cursors else None)
now, zone = services.clock.now(), client.timezone()
running, over = exam_list.split(page.items)

st.title("Speaking exams")
frame.lead("A complete mock exam with the parts and times of the real one, or a quick check of three minutes.")
wish = view.unfinished(running, said=lambda at: when.said(at, now=now, zone=zone))
st.subheader("Choose an exam")
view.formats(services.exams.formats())
st.subheader("Your results")
if over or cursors:
    wish = view.past(over, said=lambda at: when.said(at, now=now, zone=zone)) or wish
else:
    view.empty()
turned = history.turn(newer=bool(cursors), older=page.next is not None)
exam_list.act(services.exams, person.user.id, wish, turned, following=page.next)
