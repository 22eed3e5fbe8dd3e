-- Conversations, messages, search, usage and share links.

-- One row per person who ever had a conversation: `no` stands for the person in the search index, `conversations` counts the alive ones.
CREATE TABLE people (
    no INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE,
    conversations INTEGER NOT NULL
) STRICT;

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    topic TEXT NOT NULL,
    title TEXT NOT NULL,
    title_source TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    last_message TEXT NOT NULL,
    last_seq INTEGER NOT NULL,
    message_count INTEGER NOT NULL,
    question_ids TEXT NOT NULL,
    starred INTEGER NOT NULL,
    deleted_at TEXT,
    summary TEXT NOT NULL,
    summary_upto INTEGER NOT NULL
) STRICT;

-- The filters stand in the index, so that a page with a rare filter skips entries without reading their rows.
CREATE INDEX conversations_history ON conversations (user_id, updated_at DESC, id DESC, kind, level, topic, starred) WHERE deleted_at IS NULL;
CREATE INDEX conversations_deleted ON conversations (user_id, updated_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX conversations_created ON conversations (user_id, created_at DESC, id DESC);
CREATE INDEX conversations_purge ON conversations (deleted_at) WHERE deleted_at IS NOT NULL;

-- `no` rises with `created_at` (see conversation_search.number_at), so that the search index yields the newest messages first.
CREATE TABLE messages (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    role TEXT NOT NULL,
    content TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    finished_at TEXT,
    reply_to TEXT NOT NULL,
    replaced_by TEXT NOT NULL,
    question_id TEXT NOT NULL,
    recording_id TEXT NOT NULL,
    details TEXT NOT NULL,
    send_key TEXT NOT NULL,
    send_fingerprint TEXT NOT NULL,
    lease_until TEXT,
    stop_requested INTEGER NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    usage TEXT NOT NULL,
    first_token_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    error TEXT NOT NULL,
    UNIQUE (conversation_id, seq)
) STRICT;

CREATE UNIQUE INDEX messages_send_key ON messages (user_id, send_key) WHERE send_key <> '';
CREATE INDEX messages_reply_to ON messages (reply_to, seq) WHERE reply_to <> '';
CREATE INDEX messages_streaming ON messages (lease_until) WHERE status = 'streaming';

-- Terms as chat.search defines them, each prefixed with its owner's number: "12·hello". The tokenizer must leave them alone.
-- A message is in the index if and only if it is not streaming.
CREATE VIRTUAL TABLE search_index USING fts5 (words, content = '', detail = 'none', columnsize = 0, tokenize = 'ascii');

CREATE TABLE usage_days (
    user_id TEXT NOT NULL,
    day TEXT NOT NULL,
    sends INTEGER NOT NULL,
    replies INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    cost_micros INTEGER NOT NULL,
    PRIMARY KEY (user_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_days_day ON usage_days (day);

CREATE TABLE shares (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    upto_seq INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;

CREATE INDEX shares_conversation ON shares (conversation_id);
