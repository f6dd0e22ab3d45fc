"""Tests that look at the built site with real browsers; `make browsers` finds or installs them."""
