"""Following the year: attendance, commitments, what is owed, and reminders, drafted only."""
