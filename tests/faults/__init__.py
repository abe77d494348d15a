"""Faults on purpose: killed processes, full disks."""
