"""What a change of the rules does to people: which programs and grids it touches, who gets another answer. No Django here."""
