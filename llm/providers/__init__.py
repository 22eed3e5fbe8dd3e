"""One module per kind of provider."""
