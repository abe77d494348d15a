"""Files of other programs, a module each.

A reader refuses a file that is of another program, damaged or far too large, with a `NeedleError`.
"""
