"""The questionnaire: which page comes next (routing), what it asks (forms), in what words (templates)."""
