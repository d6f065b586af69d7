"""One module per command of `python -m search`, such as `python -m search directives`."""
