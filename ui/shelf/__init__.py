"""Kho văn bản: what the library holds; adding, correcting, removing, restoring."""
