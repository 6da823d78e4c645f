"""The results page: an assessment turned into something a worried person can read."""
