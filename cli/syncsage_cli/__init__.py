"""The terminal program of SyncSage: arguments, streams, colours and exit codes, and no diagnosis."""
