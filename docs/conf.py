"""Sphinx's configuration: `sh docs/build.sh` builds the site."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE / "_ext")]

from arnorm import __version__  # noqa: E402

project = "arnorm"
author = "The arnorm maintainers"
copyright = "The arnorm maintainers; Apache-2.0"  # noqa: A001  (Sphinx's name for it)
version = release = __version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_copybutton", "arabic", "desk", "folded", "frame", "plots"]
exclude_patterns = ["_build", "_ext", "_static", "playground"]
myst_enable_extensions = ["colon_fence", "deflist", "attrs_block", "attrs_inline"]
myst_heading_anchors = 4

smartquotes = False  # what is shown can be copied

# Docstrings put names between single backticks: a link where the site knows the name, code where it does not.
default_role = "py:obj"
nitpick_ignore_regex = [
    ("py:obj", r".*"),
    ("py:class", r"(collections|os|pathlib|re|types|typing)\..*"),
    # Plain tuples and names, which the text around them explains.
    ("py:class", r"(arnorm\..*)?(Span|Unit|Replacement|Replacer|Steps|Decision|Score|Proposer|Joinable)"),
    ("py:class", r"(arnorm\..*)?(PolicyName|ProfileName|SpanName)|engine\.Hint"),
    ("py:class", r"PathLike|Document|fitting\.Tell"),
]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_display_short_literal_types = True
add_module_names = False
python_maximum_signature_line_length = 88
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = f"arnorm {version}"
html_logo = html_favicon = "_static/logo.svg"
html_static_path = ["_static"]
html_css_files = ["arabic.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": False, "top_of_page_buttons": []}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

# A click copies what was typed, without prompts and answers.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_only_copy_prompt_lines = True
copybutton_line_continuation_character = "\\"
