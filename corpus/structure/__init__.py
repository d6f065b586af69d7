"""What stands where in a document: letterhead, headings, sections, closing, notes, sentences."""
