"""Views draw and return what the person wants; they know no service."""
