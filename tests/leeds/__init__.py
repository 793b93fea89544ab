"""A made-up network of libraries in Leeds, all in English."""
