"""Exams that an earlier version stored in MongoDB."""

from core.records import field_names
from db_mongo.database import MongoDatabase
from db_mongo.exams import MongoExams
from db_mongo.transfer import MongoTransfer
from exam.models import Exam, Way
from tests.contract.make_exam import ADA, exam, script
from tests.fakes.mongomock_client import mock_client


def test_what_was_stored_before_a_field_existed_is_read_and_carried_over_without_it() -> None:
    database = MongoDatabase("mongodb://localhost", "viva", client=mock_client())
    exams = MongoExams(database)
    exams.add(exam(way=Way.SPEAK), script())
    with database.using() as db:
        db["exams"].update_one({}, {"$unset": {"drafts": "", "way": "", "kept": ""}})
    assert exams.get(ADA, "exm_x1") == exam(way=Way.SPEAK)
    (record,) = MongoTransfer(database).rows("exams", field_names(Exam))
    assert (record["drafts"], record["way"], record["kept"]) == ("{}", "speak", None)
