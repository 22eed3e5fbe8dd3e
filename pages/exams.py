"""Exams: go on with one, look at the latest results, choose one, look at earlier results."""

import streamlit as st

from ui import frame, session, when
from ui.exam import listing
from ui.views import exams as view
from ui.views import history

person = session.require_person()
services = session.services()
said = when.teller()
shelf = listing.shelf(services.exams, person.user.id)

st.title("Speaking exams")
frame.lead("A complete mock exam with the parts and times of the real one, or a quick check of three minutes.")
wishes = [view.rows(shelf.unfinished, said=said)]
if shelf.latest:
    view.results_heading()
    wishes.append(view.rows(shelf.latest, said=said))
st.header("Choose an exam")
view.formats(services.exams.formats(), first_time=not shelf.latest)
if shelf.earlier or listing.cursors():
    st.header("Earlier results")
    wishes.append(view.rows(shelf.earlier, said=said))
turned = history.turn(newer=bool(listing.cursors()), older=shelf.following is not None)
listing.act(services.exams, person.user.id, next(filter(None, wishes), None), turned, following=shelf.following)
