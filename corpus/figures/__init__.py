"""Quantities, what they count and what time they are for; chỉ tiêu set and results reported."""
