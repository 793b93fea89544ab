"""The languages of a site: what a directory is called in each, its dates and numbers, and the folder of each further one."""
