"""Conversations on their pages: talking in one, what is kept while it is typed, the archive of all."""
