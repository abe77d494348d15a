"""Files of other programs; what is of another one, damaged or far too large is a `NeedleError`."""
