-- What is being typed in an exam and is not handed in yet, by question.

ALTER TABLE exams ADD COLUMN drafts TEXT NOT NULL DEFAULT '{}';
