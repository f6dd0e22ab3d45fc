"""How it leaves: pages as plain Markdown, data and print."""
