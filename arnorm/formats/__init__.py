"""Files of records that hold text: read in pieces, the strings handed out, put back, and all else left as it was.

`arnorm.formats.base` says what the parts are: a *document* is one file being read, and gives *pieces*; a piece
travels to whoever does the work, in this process or another, and its *codec* takes the strings out and puts the
changed ones back; a *writer* writes the pieces in order. One module has one format; none knows about the command line.
"""

from __future__ import annotations
