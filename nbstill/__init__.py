"""Notebooks to pages: each a single HTML file whose controls work with no network and no kernel.

kernel    runs inside the notebook's kernel during a build and replays every control
exporter  an nbconvert exporter: cells, notes and stored views to one safe page
build     many notebooks side by side, with a cache, an index and plain messages
"""
