"""What tells one passage from another: signs and scores, periods, and reasons to doubt the best."""
