-- How the person wants to answer in an exam: chosen before it starts, and again with every answer.

ALTER TABLE exams ADD COLUMN way TEXT NOT NULL DEFAULT 'speak';
