"""Place names in Iraq."""
