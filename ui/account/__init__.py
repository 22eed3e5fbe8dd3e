"""What the account pages do: letters, security, what happened to an account, administration."""
