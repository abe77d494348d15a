"""The published day: what Today shows, as one row of the file that needs no database layer.

The row is written in each transaction that changes what Today shows, so it is either true or not
there. `reading` gives the whole day, `glance` what a prompt shows of it, in a fraction of the time.
"""

FORMAT = 4
"""What another version of the program wrote in another shape is not read."""
