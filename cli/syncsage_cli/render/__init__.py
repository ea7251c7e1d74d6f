"""What the engine returns, as blocks for a terminal. Words carry the meaning, colour only helps."""
