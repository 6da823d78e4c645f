"""Which browser somebody signs in with, in two names that they know; what it says of itself in full is kept nowhere."""

from typing import NamedTuple

# What a browser writes into its header, and what people call it. Most also claim to be those further down.
# https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Browser_detection_using_the_user_agent
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "OPT/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


class Browser(NamedTuple):
    """A browser and the system it runs on; each is empty where it is not known."""

    name: str = ""
    system: str = ""

    @classmethod
    def of(cls, header: str) -> "Browser":
        """Read a `User-Agent` header.

        >>> Browser.of("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0")
        Browser(name='Firefox', system='Windows')
        """
        return cls(_first(_BROWSERS, header), _first(_SYSTEMS, header))


def _first(names: dict[str, str], header: str) -> str:
    return next((name for token, name in names.items() if token in header), "")
