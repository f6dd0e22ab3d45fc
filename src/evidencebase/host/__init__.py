"""The only doors to the programs that host the site."""
