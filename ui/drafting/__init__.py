"""Soạn thảo: precedents, the check, comparisons, outlines."""
