"""The observing room: text in, observations and matched problems out."""
