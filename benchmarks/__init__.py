"""Synthetic directories, and the peers measured beside our own build.

The rule: nothing here imports haitang; it is measured from outside, as one program among others.
"""
