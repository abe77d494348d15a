"""Backups, checks, salvage and whole files."""
