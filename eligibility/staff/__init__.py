"""Pages for staff that evaluate people: what a draft would do, the site seen with it, why someone got an answer."""
