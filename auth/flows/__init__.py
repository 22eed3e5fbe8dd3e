"""What a person can do with an account, one flow a file. Each is a set of functions over a `Kit`; `AuthService` is their face."""
