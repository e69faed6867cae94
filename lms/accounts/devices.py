"""What a browser says of itself, in words by which its owner knows it (pure)."""

# In this order: each of these also calls itself by the names that follow it.
_BROWSERS = {
    "YaBrowser/": "Yandex Browser",
    "Edg/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def describe(user_agent: str) -> str:
    """Return browser and system, such as "Chrome, Windows"; what is neither known nor empty stays as it is."""
    names = [
        next((name for sign, name in known.items() if sign in user_agent), None) for known in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, names)) or user_agent or "?"
