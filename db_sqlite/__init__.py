"""The embedded store: one SQLite file, no set-up. One file per collection, the same names as in `db_mongo`."""
