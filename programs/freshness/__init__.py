"""Whether the rules are still fresh: what was not looked at for long, what ends soon, what fails."""
