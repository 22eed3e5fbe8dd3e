-- Accounts, logins, one-time tokens, devices, audit trail and outbox.
-- Times are text as core.clock.to_iso writes them, so that text order is time order; flags are 0 or 1.

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    password_key_id TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    role TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    is_verified INTEGER NOT NULL,
    must_change_password INTEGER NOT NULL,
    speaking_language TEXT NOT NULL,
    listening_language TEXT NOT NULL,
    target_level TEXT NOT NULL,
    preferences TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    password_changed_at TEXT NOT NULL,
    last_login_at TEXT,
    deleted_at TEXT,
    version INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX users_email ON users (email_key);
CREATE UNIQUE INDEX users_username ON users (username_key);
CREATE INDEX users_deleted ON users (id) WHERE deleted_at IS NOT NULL;
CREATE INDEX users_role ON users (role) WHERE role <> 'learner';

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    cookie_hash TEXT NOT NULL,
    refresh_hash TEXT NOT NULL,
    previous_refresh_hash TEXT NOT NULL,
    rotated_at TEXT,
    created_at TEXT NOT NULL,
    authenticated_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    idle_expires_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    revoked_reason TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    ip TEXT NOT NULL,
    device_hash TEXT NOT NULL
) STRICT;

CREATE INDEX sessions_user ON sessions (user_id);
CREATE UNIQUE INDEX sessions_cookie ON sessions (cookie_hash) WHERE cookie_hash <> '';

-- Every refresh token that a session was ever given, so that the reuse of an old one is noticed.
CREATE TABLE session_refresh (
    refresh_hash TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX session_refresh_session ON session_refresh (session_id);

CREATE TABLE tokens (
    purpose TEXT NOT NULL,
    hash TEXT NOT NULL,
    user_id TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (purpose, hash)
) STRICT;

CREATE INDEX tokens_user ON tokens (user_id, purpose);
CREATE INDEX tokens_pending ON tokens (purpose, created_at) WHERE used_at IS NULL;
CREATE INDEX tokens_expiry ON tokens (expires_at);

CREATE TABLE devices (
    user_id TEXT NOT NULL,
    device_hash TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    PRIMARY KEY (user_id, device_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    user_id TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    at TEXT NOT NULL,
    ip TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;

CREATE INDEX audit_user ON audit (user_id, at);
CREATE INDEX audit_actor ON audit (actor_id) WHERE actor_id <> '';
CREATE INDEX audit_at ON audit (at);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    "to" TEXT NOT NULL,
    template TEXT NOT NULL,
    data TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_try_at TEXT NOT NULL,
    leased_until TEXT,
    last_error TEXT NOT NULL,
    sent_at TEXT
) STRICT;

CREATE INDEX outbox_waiting ON outbox (created_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_state ON outbox (state, created_at);
CREATE INDEX outbox_user ON outbox (user_id) WHERE user_id <> '';
