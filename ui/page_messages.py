"""What a browser may ask of Streamlit over the page's socket.

Streamlit knows more, meant for the developer at the same machine, and takes it from everybody, signed in or not: `load_git_info` runs
git while every other request waits (two bytes that cost 70 ms), and tells the names of files; `clear_cache` empties what all people
share; others write to the operator's home folder.
"""

from streamlit.proto.BackMsg_pb2 import BackMsg

_MESSAGES = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"})
_OPERATIONS = frozenset({"deferred_file"})


def is_wanted(frame: bytes) -> bool:
    """Tell whether our pages need such a message; what is no message at all is not wanted either."""
    message = BackMsg()
    try:
        message.ParseFromString(frame)
    except Exception:  # noqa: BLE001 - protobuf's DecodeError: its package has no types
        return False
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in _OPERATIONS
    return kind in _MESSAGES
