"""The public page of figures: how things stand in Canada and with H-1B, each figure with its date and source."""
