"""How Arabic is misspelt and inflected: rules as data, with what they cost. No model, no text, no state."""
