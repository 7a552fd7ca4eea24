//! Whether text can be told from what is behind it.

use browser::Browser;

/// Text that does not stand out from its background by 4.5 to 1, as WCAG 2 asks
/// of level AA.
const FAINT: &str = r"
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour) => {
        const [r, g, b] = rgba(colour).slice(0, 3).map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (rgba(colour)[3] === 255) { return colour; }
        }
        return 'white';
    };
    const faint = new Set();
    for (const element of [...document.querySelectorAll('body *')].slice(0, 4000)) {
        const says = [...element.childNodes].some((it) => it.nodeType === 3 && it.data.trim());
        if (!says || !element.checkVisibility() || element.matches('.self, .skip')) { continue; }
        const [one, two] = [getComputedStyle(element).color, behind(element)].map(luminance);
        const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
        if (ratio < 4.5) { faint.add(`${element.tagName}.${element.className}: ${ratio.toFixed(2)}`); }
    }
    return [...faint];
";

/// All text of a page stands out.
pub fn check(browser: &Browser, theme: &str) {
    let faint = browser.run(FAINT);
    assert_eq!(faint.as_array().unwrap().len(), 0, "{theme}: {faint:#}");
}
