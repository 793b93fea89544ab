"""What the browser's search needs besides the places: how characters are read, traditional ones, stories."""
