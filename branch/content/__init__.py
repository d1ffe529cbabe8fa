"""Files that members edit, read so that every fault has its file, line and reason."""
