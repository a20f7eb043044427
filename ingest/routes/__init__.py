"""The routes by which copy comes of itself: feeds, a watched folder, mail."""
