"""What is measured of a page in a browser. Each measure answers with complaints; none is good."""

import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.project.pages import Shown

FIRST_VIEW_BYTES_MAX = 80 * 1024
STAFF_FIRST_VIEW_BYTES_MAX = 250 * 1024
REQUESTS_MAX = 6
TARGET_PX, ELDER_TARGET_PX = 44, 60
NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}

AXE = Axe().axe_script
AXE_OPTIONS = {"resultTypes": ["violations"]}
AXE_RUN = """options => axe.run(document, options).then(results => results.violations.map(
    found => `${found.id}: ${found.nodes.slice(0, 3).map(node => node.target.join(" ")).join(", ")}`))"""

# What a finger can press. A link inside a sentence is excused, as WCAG 2.5.8 does; a box takes its label's place.
TARGETS = """([least]) => {
  const seen = new Set();
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    const target = one.matches("[type=radio], [type=checkbox]") ? one.closest("label") || one : one;
    const box = target.getBoundingClientRect(), style = getComputedStyle(target);
    if (!box.width || !box.height || style.visibility === "hidden" || target.closest(".vh, .skip")) continue;
    const line = target.parentElement;
    const isInText = style.display === "inline" && line.textContent.trim() !== target.textContent.trim();
    if (isInText || Math.min(box.width, box.height) >= least - 0.5) continue;
    seen.add(`${target.tagName.toLowerCase()}.${target.className} “${target.textContent.trim().slice(0, 12)}” ` +
      `${Math.round(box.width)}×${Math.round(box.height)}`);
  }
  return [...seen];
}"""

# Without script nothing may offer what only a script does.
DEAD_CONTROLS = """() => [...document.querySelectorAll("button, a, input[type=button]")].filter(one =>
    one.checkVisibility() && (
      one.matches("a:not([href]), a[href='#'], a[href^='javascript'], input[type=button]") ||
      (one.matches("button") && (one.type === "button" || !one.form))
    )).map(one => one.outerHTML.slice(0, 80))"""


@dataclass
class Wire:
    """What went over the wire for one page: bytes as they came, compressed, and every address asked for."""

    bytes_by_request: dict[str, int] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.bytes_by_request.values())


def listen(page: Page) -> Wire:
    wire = Wire()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.requestWillBeSent", lambda event: wire.addresses.append(event["request"]["url"]))
    devtools.on(
        "Network.loadingFinished",
        lambda event: wire.bytes_by_request.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    return wire


def open_page(context: BrowserContext, site: str, shown: Shown, *, look: str = "light") -> tuple[Page, Wire]:
    """In a window of its own, with the cookies of whoever looks; an answer to an error comes without being sent."""
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in shown.viewer.cookies.items()])
    page = context.new_page()
    wire = listen(page)
    address = f"{site}{shown.path}"
    if shown.error:
        body = shown.error if look != "elder" else shown.error.replace("<html ", '<html data-size="elder" ', 1)
        page.route(address, lambda route: route.fulfill(status=422, body=body, content_type="text/html"))
    page.goto(address)
    return page, wire


def wire_complaints(wire: Wire, site: str, *, bytes_max: int) -> list[str]:
    complaints = []
    if wire.total > bytes_max:
        complaints.append(f"{wire.total} bytes")
    asked = [address for address in wire.addresses if urlsplit(address).scheme in ("http", "https")]
    if len(asked) > REQUESTS_MAX:
        complaints.append(f"{len(asked)} requests: {[urlsplit(one).path for one in asked]}")
    strangers = {urlsplit(one).netloc for one in asked} - {urlsplit(site).netloc}
    return complaints + [f"asks {host}" for host in strangers]


def axe_complaints(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[str] = page.evaluate(AXE_RUN, AXE_OPTIONS)
    return found


def target_complaints(page: Page, *, least_px: int = TARGET_PX) -> list[str]:
    found: list[str] = page.evaluate(TARGETS, [least_px])
    return [f"too small: {one}" for one in found]


def sideways_complaints(page: Page) -> list[str]:
    page.set_viewport_size(NARROW)
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return [f"{width} px wide at 320"] if width > NARROW["width"] else []


def dead_control_complaints(page: Page) -> list[str]:
    found: list[str] = page.evaluate(DEAD_CONTROLS)
    return [f"does nothing without script: {one}" for one in found]


def kept_complaints(page: Page, personal: list[str]) -> list[str]:
    """What the browser keeps for pages to read: nothing of it may be about her."""
    kept: str = page.evaluate(
        """async () => JSON.stringify([
            {...localStorage}, {...sessionStorage}, history.state, window.caches ? await caches.keys() : [],
            indexedDB.databases ? (await indexedDB.databases()).map(one => one.name) : []])"""
    )
    said = json.dumps(json.loads(kept), ensure_ascii=False)
    return [f"keeps {word}" for word in personal if word in said]
