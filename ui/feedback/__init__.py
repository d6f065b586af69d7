"""Góp ý: what staff said of answers, looked at and made into judged questions."""
