"""A file becomes a document, a document becomes passages; no models but the word segmenter."""
