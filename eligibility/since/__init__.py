"""Since you last came: what changed in the rules and rounds, and what that, time and new answers do to a person."""
