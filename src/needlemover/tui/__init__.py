"""The app on the terminal."""
