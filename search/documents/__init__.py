"""The documents of the library: which is meant, what its letterhead says, and how places in it are named."""
