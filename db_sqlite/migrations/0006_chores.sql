-- Work that is put off to the hourly clean-up, written with what makes it necessary.

CREATE TABLE chores (
    name TEXT PRIMARY KEY
) STRICT;
