"""Adapters of `speech.ports.Transcriber`, one per protocol."""
