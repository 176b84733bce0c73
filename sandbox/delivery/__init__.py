"""How the app learns what people do: Socket Mode or signed HTTP."""
