"""The kiosk of a hall: a folder that runs from a disk, without a server and without anybody to restart it."""
