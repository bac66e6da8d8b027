"""Sites, teams and mentors: memberships with their dates, and who accompanies whom."""
