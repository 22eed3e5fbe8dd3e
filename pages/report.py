"""The report of one exam."""

import streamlit as st

from exam.report.pdf import as_pdf
from exam.report.tables import as_csv
from ui import client, session, when
from ui.exam import report_desk
from ui.views import report as view

person = session.require_person()
services = session.services()
desk = report_desk.ReportDesk(services.exams, person.user.id, st.query_params.get("e", ""))
report = desk.report()

view.summary(report, said=when.said(report.made_at, now=services.clock.now(), zone=client.timezone()))
view.exports(report, pdf=lambda: as_pdf(report), table=lambda: as_csv(report).encode())
view.criteria(report)
view.words(report.estimate)
view.answers(report, recording=desk.recording)
view.method(report)
