"""What does the service do? `steps` are the story, `asking` asks people, `letters` writes and sends."""
