"""Not found: what somebody sees at an address that no page has, such as a mistyped one or an old bookmark."""

from ui import frame

frame.not_found("There is no page at this address. It may have moved, or there is a slip in the address.")
