-- Exams, their scripts, answers and reports, and who agreed to being recorded.

CREATE TABLE exams (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    format_id TEXT NOT NULL,
    title TEXT NOT NULL,
    level TEXT NOT NULL,
    mode TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    turn_count INTEGER NOT NULL,
    item_ids TEXT NOT NULL,
    state TEXT NOT NULL,
    phase TEXT NOT NULL,
    position INTEGER NOT NULL,
    started_at TEXT,
    preparation_ends_at TEXT,
    answer_ends_at TEXT,
    seconds_left REAL,
    notes TEXT NOT NULL,
    asked TEXT NOT NULL,
    finished_at TEXT,
    grading TEXT NOT NULL,
    grading_error TEXT NOT NULL,
    grading_lease TEXT,
    label TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX exams_history ON exams (user_id, created_at DESC, id DESC);
CREATE INDEX exams_pending ON exams (id) WHERE grading = 'pending';

-- Written once at the start and never changed: kept apart, so that each step of an exam writes little.
CREATE TABLE exam_scripts (
    exam_id TEXT PRIMARY KEY REFERENCES exams (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    turns TEXT NOT NULL,
    parts TEXT NOT NULL,
    criteria TEXT NOT NULL,
    lowest TEXT NOT NULL,
    highest TEXT NOT NULL,
    honesty TEXT NOT NULL,
    scale_name TEXT NOT NULL,
    scale TEXT NOT NULL,
    pictures TEXT NOT NULL,
    repeated_ids TEXT NOT NULL
) STRICT;

CREATE TABLE exam_answers (
    exam_id TEXT NOT NULL REFERENCES exams (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    turn_key TEXT NOT NULL,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    mode TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    allowed_seconds INTEGER NOT NULL,
    scored INTEGER NOT NULL,
    text TEXT NOT NULL,
    recording_id TEXT NOT NULL,
    content_type TEXT NOT NULL,
    timing TEXT,
    advice TEXT NOT NULL,
    late INTEGER NOT NULL,
    short INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    transcript TEXT NOT NULL,
    proposed TEXT NOT NULL,
    transcriber TEXT NOT NULL,
    transcript_error TEXT NOT NULL,
    transcript_lease TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (exam_id, turn_key)
) STRICT;

CREATE INDEX exam_answers_pending ON exam_answers (exam_id) WHERE transcript = 'pending';

CREATE TABLE exam_reports (
    exam_id TEXT PRIMARY KEY REFERENCES exams (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    made_at TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;

CREATE INDEX exam_reports_user ON exam_reports (user_id, made_at DESC, exam_id DESC);

CREATE TABLE recording_consents (
    user_id TEXT PRIMARY KEY,
    given_at TEXT NOT NULL
) STRICT;
