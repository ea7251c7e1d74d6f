"""Helpdesks: what comes in from them, and the one internal note that goes back."""
