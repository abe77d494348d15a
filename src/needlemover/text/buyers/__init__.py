"""Buyers in words: why one is called, what was promised, what happened last."""
