"""Mentions of other documents, which document each means, and what is said of it."""
