"""How it is shown: every record in every language becomes a page."""
