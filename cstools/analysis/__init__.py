"""What a model's runs say about its loops, levers and scenarios; still to be built."""
