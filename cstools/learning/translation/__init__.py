"""From notebooks and exercises to catalogues that people translate, and back to notebooks.

The English notebook is the only source. ``cstools translate extract`` takes its words out into
``cstools/data/locales/<language>/<notebook>.po``; a person translates that file; ``cstools
translate build`` puts the translated words into the cells of the English notebook, runs them, and
writes ``<notebook>.<language>.ipynb`` beside it. No code is written twice.
"""
