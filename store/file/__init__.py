"""The board on a shared drive: lock, journal, storage, commit."""
