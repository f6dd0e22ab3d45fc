"""What we know: from the files of a knowledge base to one frozen value and every diagnostic."""
