"""The questionnaire's pages."""
