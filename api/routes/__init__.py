"""One file per documented API."""
