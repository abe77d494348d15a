"""Files in and out: one module a format, all to and from the same plain records.

A file that cannot be read, or not as was asked, is refused with a `NeedleError` that says why.
"""
