"""What many runs of a model say: about its levers, its scenarios, data, and where it rests."""
