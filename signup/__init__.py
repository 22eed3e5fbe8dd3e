"""The signup assistant: a conversation that asks for one thing at a time and ends in an account."""
