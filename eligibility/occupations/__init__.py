"""Occupations people can find: by a job title, by a code of another classification, or by what they do all day."""
