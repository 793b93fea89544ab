"""One file in → pictures, codes and fonts out, kept by content. Imports model and below."""
