"""What people decided in the course of a year, read from one file and done in its order."""
