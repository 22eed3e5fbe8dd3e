import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from ui.page_messages import is_wanted


def frame(name: str, *path: str) -> bytes:
    """Return a message of this type, or one with this payload inside."""
    message = BackMsg()
    if message.DESCRIPTOR.fields_by_name[name].message_type is None:
        setattr(message, name, True)
    else:
        inner = getattr(message, name)
        inner.SetInParent()
        for part in path:
            getattr(inner, part).SetInParent()
    return bytes(message.SerializeToString())


@pytest.mark.parametrize("name", ["rerun_script", "stop_script", "app_heartbeat", "file_urls_request"])
def test_what_a_page_needs_goes_through(name: str) -> None:
    assert is_wanted(frame(name))


def test_files_that_are_made_when_they_are_wanted_go_through() -> None:
    assert is_wanted(frame("backend_operation_request", "deferred_file"))


@pytest.mark.parametrize(
    "name", ["load_git_info", "clear_cache", "set_run_on_save", "debug_disconnect_websocket", "debug_shutdown_runtime"]
)
def test_what_is_meant_for_the_developer_is_dropped(name: str) -> None:
    """ASVS 13.4.2, 13.4.5: two bytes made the server run git for 70 ms, and all others wait."""
    assert not is_wanted(frame(name))


@pytest.mark.parametrize("payload", ["install_skills", "dismiss_skills_nudge"])
def test_nobody_writes_to_the_operators_folders(payload: str) -> None:
    assert not is_wanted(frame("backend_operation_request", payload))


def test_a_table_that_no_page_has_is_not_loaded() -> None:
    assert not is_wanted(frame("backend_operation_request", "dataframe_chunk"))


@pytest.mark.parametrize("junk", [b"", b"\xff", b"\xff" * 1000, b"{}", frame("backend_operation_request")])
def test_what_is_no_message_is_dropped(junk: bytes) -> None:
    assert not is_wanted(junk)


def test_every_message_that_streamlit_knows_has_been_looked_at() -> None:
    """An upgrade that adds one fails here: decide whether pages need it."""
    known = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    operations = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    known |= {field.name for field in operations.oneofs_by_name["payload"].fields}
    assert known == {
        "rerun_script",
        "stop_script",
        "app_heartbeat",
        "file_urls_request",
        "backend_operation_request",
        "deferred_file",
        "dataframe_chunk",
        "load_git_info",
        "clear_cache",
        "set_run_on_save",
        "debug_disconnect_websocket",
        "debug_shutdown_runtime",
        "install_skills",
        "dismiss_skills_nudge",
    }
