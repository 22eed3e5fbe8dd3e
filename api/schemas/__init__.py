"""What goes in and out over HTTP: one file per documented API. What goes out is a type of its own, never a stored value."""
