"""Guess first, then reveal: a case's questions in a notebook and in a page, and what a student hands in.

answers     answers-CODE.csv: written, and read whatever saved it
letters     its bytes as rows of cells
"""
