"""What is new since last time, and what staff say of answers."""
