"""Judged sets, the systems measured on them, and whether a difference could be chance."""
