"""Papers as files: one model of what a paper holds, and a writer for each format."""
