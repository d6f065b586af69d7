"""How the learned score was taught, reproducibly; never imported at run time."""
