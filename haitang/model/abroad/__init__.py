"""What differs from country to country.

The rule: in China its own readers are asked, and nothing that is here for others is loaded.
"""
