"""The MongoDB connection: its indexes, its faults, what it refuses."""

from collections.abc import Iterator

import pytest

from core.errors import ConfigurationError, StoreUnavailable, ValidationFailed
from db_mongo.database import MongoDatabase
from db_mongo.indexes import INDEXES, create_indexes
from db_mongo.stores import stores_of
from tests.contract.conftest import MONGODB_URI, new_mongodb
from tests.contract.make import user

server = pytest.mark.skipif(not MONGODB_URI, reason="needs a MongoDB server: MONGODB_TEST_URI (.ci/mongodb-server provides one)")


@pytest.fixture
def database() -> Iterator[MongoDatabase]:
    opened = new_mongodb()
    yield opened
    opened.drop()
    opened.close()


def test_every_index_of_the_table_is_there(database: MongoDatabase) -> None:
    with database.using() as db:
        create_indexes(db)
        create_indexes(db)
        for index in INDEXES:
            found = db[index.collection].index_information()
            assert index.name in found, f"{index.collection}.{index.name}"
            assert [tuple(key) for key in found[index.name]["key"]] == list(index.keys)


def test_accounts_cannot_be_stored_twice_even_by_other_programs(database: MongoDatabase) -> None:
    from pymongo.errors import DuplicateKeyError

    stores_of(database).accounts.add(user())
    for field in ("email_key", "username_key"):
        values = {"email_key": "x", "username_key": "x", field: {"email_key": "ada@example.com", "username_key": "ada"}[field]}
        with pytest.raises(DuplicateKeyError), database.using() as db:
            db["users"].insert_one({"_id": field, **values})


@server
def test_a_send_key_cannot_be_stored_in_two_conversations(database: MongoDatabase) -> None:
    from pymongo.errors import DuplicateKeyError

    with database.using() as db:
        db["conversations"].insert_many([{"_id": "a", "send_keys": ["u k"]}, {"_id": "b"}, {"_id": "c"}])
        with pytest.raises(DuplicateKeyError):
            db["conversations"].insert_one({"_id": "d", "send_keys": ["x", "u k"]})
        with pytest.raises(DuplicateKeyError):
            db["conversations"].update_one({"_id": "b"}, {"$push": {"send_keys": "u k"}})


@server
def test_text_that_cannot_be_stored_is_the_callers_fault(database: MongoDatabase) -> None:
    stores = stores_of(database)
    with pytest.raises(ValidationFailed):
        stores.accounts.by_email("\ud800")
    with pytest.raises(ValidationFailed):
        stores.accounts.add(user(full_name="\udc00"))
    assert stores.accounts.count() == 0


def test_a_database_of_a_newer_version_is_refused(database: MongoDatabase) -> None:
    with database.using() as db:
        db["meta"].update_one({"_id": "schema"}, {"$set": {"version": 99}})
    with pytest.raises(ConfigurationError, match="newer version"):
        MongoDatabase("", database._name, client=database._client)


def test_an_address_that_cannot_be_read_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigurationError, match="MONGODB_URI"):
        MongoDatabase("http://127.0.0.1", "viva")


@pytest.mark.enable_socket
def test_a_server_that_does_not_answer_is_unavailable() -> None:
    with pytest.raises(StoreUnavailable):
        MongoDatabase("mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=50", "viva")


@server
def test_a_closed_connection_is_unavailable() -> None:
    opened = new_mongodb()
    stores = stores_of(opened)
    opened.drop()
    opened.close()
    with pytest.raises(StoreUnavailable):
        stores.accounts.get("usr_ada")


@server
def test_the_check_says_what_is_connected_and_no_password(database: MongoDatabase) -> None:
    sentence = database.check()
    assert sentence.startswith("MongoDB ")
    assert "mongodb://" not in sentence
