-- What the assistant proposed last (JSON list), so that "the first one" means something.

ALTER TABLE signup_sessions ADD COLUMN offered TEXT NOT NULL DEFAULT '[]';
