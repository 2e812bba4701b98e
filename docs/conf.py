"""How Sphinx builds this documentation: `make docs`, with every warning an error."""

import sys
from pathlib import Path

import gazetteer

sys.path.insert(0, str(Path(__file__).parent))  # for the modules beside this file
import draw_gallery

draw_gallery.draw_all()

project = "Iraq incident mapper"
copyright = "the authors of the Iraq incident mapper"
version = release = gazetteer.version()

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "program_reference",
]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
autodoc_typehints = "none"  # the docstrings give columns, CRS and units, which types do not
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False

html_theme = "furo"
html_title = project
# The pages are read offline, from a folder: nothing may be asked of a network.
html_theme_options = {"source_view_link": ""}
html_show_sourcelink = False
exclude_patterns = ["_build", "live"]
html_extra_path = ["live"]
