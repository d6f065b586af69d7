"""A folder of documents: its files, which of them are one document, what was corrected by hand."""
