"""The US side of an H-1B worker's situation: the days that count, and receipt numbers. No Django here."""
