"""The drafting desk: a draft read and checked, outlines from earlier documents, documents side by side."""
