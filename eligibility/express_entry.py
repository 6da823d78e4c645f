"""What the program calls by name of Express Entry: its grids by their ids, and its kinds of programs.

Everything else about them stands in the rules.
"""

from typing import Final

# The grid that ranks the pool, and the selection points of one program in it.
CRS: Final = "crs"
FSW: Final = "fsw67"
# The programs that lead into the pool; the groups that are invited from it in rounds of their own.
POOL: Final = "express_entry"
CATEGORY: Final = "ee_category"
