"""Print: pages and sheets as PDF."""
