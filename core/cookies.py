"""Names of our cookies: pages read them, the HTTP route sets them.

Behind https they carry the `__Host-` prefix, which a browser accepts only with Secure, Path=/ and no Domain.
"""


def login_name(*, https: bool) -> str:
    """Return the name of the cookie that is the handle of a browser's login."""
    return "__Host-viva" if https else "viva"


def device_name(*, https: bool) -> str:
    """Return the name of the cookie that lets an account recognise a device after its login has ended."""
    return "__Host-viva-device" if https else "viva-device"
