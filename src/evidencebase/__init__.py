"""evidencebase: checks structured evidence written in Markdown and YAML, and publishes it as a site."""

__version__ = "0.1.0"
