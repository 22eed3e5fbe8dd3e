"""The exam on its pages: sitting it, recording an answer, the list of exams, waiting for a report."""
