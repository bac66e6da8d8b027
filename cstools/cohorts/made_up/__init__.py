"""Made-up applications and reports for trying the planner; nobody in them exists."""
