"""Commands that the service adds to the program ``syncsage``."""
