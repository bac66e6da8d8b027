"""Tables and graphs become pictures and sentences; nothing here knows a model."""
