"""What every room uses and what knows no position, brand or page: files, text, problems, terminal; imports no other room."""
