"""What has happened, and where does it stand? The one story that desk, command line and Prefect tell."""
