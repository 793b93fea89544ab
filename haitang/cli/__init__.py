"""argv → one call: alone prints, installs and serves. Imports everything."""
