"""Pictures drawn on the server as SVG: titled and described, to scale, with the same figures in a table beside them.

Places across are percentages, so that a picture stretches and its words do not. Colours come from the stylesheet's
classes, and never stand alone: a label on the line or the bar says the same.
"""
