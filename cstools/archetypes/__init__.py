"""The recurring structures of systems thinking; still to be built."""
