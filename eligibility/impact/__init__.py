"""What a change of the rules does to people: what it can reach, and who gets another answer. No Django here."""
