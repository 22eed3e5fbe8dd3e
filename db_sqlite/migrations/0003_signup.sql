-- Sign-up conversations under way. `collected` is JSON and holds a password only as its hash.

CREATE TABLE signup_sessions (
    id TEXT PRIMARY KEY,
    step TEXT NOT NULL,
    collected TEXT NOT NULL,
    phase TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX signup_sessions_expiry ON signup_sessions (expires_at);
