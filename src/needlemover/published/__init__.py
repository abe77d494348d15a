"""The published day: what Today shows, as one row of the file that needs no database layer.

The row is written in each transaction that changes what Today shows, so it is either true or not
there. While nothing happens the app writes beside it how the next days will begin, so that the
first opening of a day need not work it out. `reading` gives the whole day, `glance` what a prompt
shows of it, in a fraction of the time.
"""

FORMAT = 6
"""What another version of the program wrote in another shape is not read."""
