"""One document as a page of its own, and the pages of its PDF original."""
