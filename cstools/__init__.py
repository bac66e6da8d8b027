"""Systems awareness in notebooks: causal loops, stocks and flows, and the people who learn them."""
