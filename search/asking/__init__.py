"""What a question asks for, told by its words, and how much of it a stretch of text says."""
