"""What lies ahead of a person, day by day: the page of the timeline."""
