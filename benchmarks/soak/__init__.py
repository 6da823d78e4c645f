"""Many people at once through the whole questionnaire over HTTP, with and without faults (docs/reliability.md)."""
