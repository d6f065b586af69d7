"""From a question to an answer: no files, no widgets."""
