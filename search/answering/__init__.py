"""The words of an answer: quoted, shortened, listed, compared, summed up, checked, and taken along."""
