"""Every change to a board is one of these operations: the only door."""
