"""Files in and out; what cannot be read, or not as was asked, is refused with a `NeedleError`."""
