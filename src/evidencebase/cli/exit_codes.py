"""What the command tells the program that called it."""

FINE, CONTENT_HAS_ERRORS, WRONG_USE = 0, 1, 2
