"""Two machines: the folder that the user's own engine carries between them.

Each machine writes only files of its own there, so no engine ever sees a conflict.
"""
