"""What a person or an administrator sets once: a file, variables of the environment, and who wins."""
