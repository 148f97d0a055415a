"""The Bot API's methods, as the real server answers them."""
