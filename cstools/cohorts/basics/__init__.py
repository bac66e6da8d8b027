"""What every room of the planner stands on: codes for people, tables, hours, zones, spans."""
