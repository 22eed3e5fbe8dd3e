-- A page of history with a rare filter costs no more than one without.

CREATE INDEX conversations_starred ON conversations (user_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL AND starred = 1;
CREATE INDEX conversations_level ON conversations (user_id, level, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX conversations_topic ON conversations (user_id, topic, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX conversations_kind ON conversations (user_id, kind, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
