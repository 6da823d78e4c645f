"""Loading the rules that come with the program into the database, without ever overwriting staff's work."""
