"""One module per family of file formats: path -> text with pages."""
