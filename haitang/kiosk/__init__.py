"""The kiosk: what a hall's release is made of. The whole app is one page, because a frame of its own may load no file."""
