"""How the shipped encoder was made: python -m index.training --data FOLDER --cache FOLDER."""
