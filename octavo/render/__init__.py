"""The normalised tree → markup: prose in Python, furniture through templates, the same for all formats."""
