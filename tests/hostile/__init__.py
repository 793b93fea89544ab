"""What strangers may write, wherever they may write it: it is shown, and does nothing."""
