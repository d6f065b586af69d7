"""The table of chỉ tiêu: figures, what they are of, which subjects are one, and files for office programs."""
