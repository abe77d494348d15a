"""What is drawn: facts in, messages out."""
