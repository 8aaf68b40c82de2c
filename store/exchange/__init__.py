"""Paper in and out: import with preview, export."""
