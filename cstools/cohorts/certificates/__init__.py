"""Certificates as PDF, with ids that can be checked and are superseded, never erased."""
