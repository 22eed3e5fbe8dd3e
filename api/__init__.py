"""The HTTP face: five documented dialects over one set of services."""
