"""How the word was kept over time."""
