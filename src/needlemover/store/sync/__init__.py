"""Two machines: the rows that travel, and what comes of those of another one."""
