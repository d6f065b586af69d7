"""Tra cứu, Chỉ đạo, Chỉ tiêu: passages, directives and targets found, and what is new of them."""
