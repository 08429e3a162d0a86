"""What has happened since somebody was here?"""
