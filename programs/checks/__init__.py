"""Checks of the rules: the same ones when packs are checked and when staff publish."""
