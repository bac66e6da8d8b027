"""The steps that carry a planner's two files from one version of this package to the next."""
