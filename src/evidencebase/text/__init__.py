"""How it is written: prose, templates, interface strings; knows nothing of records."""
