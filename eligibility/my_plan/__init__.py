"""My plan: one page to print, a calendar and a file, of what a person chose and what goes with it."""
