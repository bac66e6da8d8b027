"""From a form's answers to applications: columns, heads, mapping, and a report of what is wrong."""
