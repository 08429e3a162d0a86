"""The register of numbers."""
