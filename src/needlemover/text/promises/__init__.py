"""What is promised: activities, their dated commitments, days off, streaks."""
