package dev.lintel.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** What somebody without a mouse, without good eyes, or with a thumb would run into on the page as it is shown. */
final class Access {
    private static final String CONTROLS = "a[href], button, input, select, textarea, summary";

    private final Chromium chromium;

    Access(Chromium chromium) {
        this.chromium = chromium;
    }

    /** Controls without a name for a screen reader. */
    List<String> unnamed() {
        return shownControls().stream()
                .filter(control -> control.getAccessibleName().isBlank())
                .map(Access::describe)
                .toList();
    }

    /** Controls that the tab key does not reach, going round the page once. */
    List<String> unreachable() {
        List<WebElement> missing = new ArrayList<>(shownControls());
        chromium.script("document.activeElement.blur()");
        int steps = 2 * missing.size() + 6;
        for (int i = 0; i < steps && !missing.isEmpty(); i++) {
            new Actions(chromium.driver()).sendKeys(Keys.TAB).perform();
            missing.remove(chromium.driver().switchTo().activeElement());
        }
        return missing.stream().map(Access::describe).toList();
    }

    /** Controls that are smaller than a thumb: less than 44 CSS pixels high, or, if short, less than 40 wide. */
    @SuppressWarnings("unchecked")
    List<String> tooSmall() {
        return (List<String>) chromium.script("""
        return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility() && e.id !== 'skip').map(e => {
          // A field inside its label is hit through the label.
          const box = (e.closest('label') ?? e).getBoundingClientRect();
          return box.height >= 43.5 && box.width >= 40 ? null : `${e.outerHTML.slice(0, 80)} ${box.width}x${box.height}`;
        }).filter(Boolean);""", CONTROLS);
    }

    /** Texts whose contrast to what is behind them misses WCAG 2.2 AA, with the ratio. */
    @SuppressWarnings("unchecked")
    List<String> faint() {
        return (List<String>) chromium.script("""
        const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const rgb = colour => {
          pen.clearRect(0, 0, 1, 1);
          pen.fillStyle = colour;
          pen.fillRect(0, 0, 1, 1);
          return [...pen.getImageData(0, 0, 1, 1).data];
        };
        const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
            .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = element => {
          for (let e = element; e; e = e.parentElement) {
            const colour = rgb(getComputedStyle(e).backgroundColor);
            if (colour[3] === 255) return colour;
          }
          return [255, 255, 255, 255];
        };
        const texts = document.createTreeWalker(document.querySelector('dialog[open]') ?? document.body, NodeFilter.SHOW_TEXT);
        const faint = [];
        while (texts.nextNode()) {
          const element = texts.currentNode.parentElement;
          if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest('.visually-hidden, .skip, :disabled')) continue;
          const style = getComputedStyle(element);
          const [a, b] = [light(rgb(style.color)), light(behind(element))].sort((x, y) => y - x);
          const ratio = (a + 0.05) / (b + 0.05);
          const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
          if (ratio < (large ? 3 : 4.5)) faint.push(`${texts.currentNode.data.trim()} ${ratio.toFixed(2)}`);
        }
        return faint;""");
    }

    /** CSS pixels that the page is wider than the window. */
    long overflow() {
        return ((Number) chromium.script(
                        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .longValue();
    }

    /** Broken promises of the markup: ids used twice or pointed at in vain, headings out of order, pictures without words. */
    @SuppressWarnings("unchecked")
    List<String> markup() {
        return (List<String>) chromium.script("""
        const wrong = [];
        const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
        ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => wrong.push('twice: ' + id));
        for (const name of ['for', 'aria-labelledby', 'aria-describedby']) {
          document.querySelectorAll(`[${name}]`).forEach(e => e.getAttribute(name).split(' ')
              .filter(id => !document.getElementById(id)).forEach(id => wrong.push(`${name} points at no #${id}`)));
        }
        document.querySelectorAll('img:not([alt])').forEach(e => wrong.push(e.outerHTML));
        document.querySelectorAll('canvas').forEach(e => {
          if (e.checkVisibility() && !e.ariaHidden && !e.ariaLabel) wrong.push('canvas without words');
        });
        const shown = [...document.querySelectorAll('h1, h2, h3, h4')].filter(e => e.checkVisibility()).map(e => +e.tagName[1]);
        if (shown.filter(level => level === 1).length !== 1) wrong.push('not one h1: ' + shown);
        shown.forEach((level, i) => { if (i > 0 && level > shown[i - 1] + 1) wrong.push('headings skip: ' + shown); });
        if (!document.documentElement.lang || !document.title) wrong.push('no language or title');
        return wrong;""");
    }

    /** Roles and names as the browser tells them to assistive technology. */
    List<String> tree() {
        List<String> nodes = new ArrayList<>();
        Map<String, Object> all = chromium.driver().executeCdpCommand("Accessibility.getFullAXTree", Map.of());
        for (Object node : (List<?>) all.get("nodes")) {
            Map<?, ?> one = (Map<?, ?>) node;
            if (!Boolean.TRUE.equals(one.get("ignored"))) {
                nodes.add(value(one.get("role")) + " " + value(one.get("name")));
            }
        }
        return nodes;
    }

    private static String value(Object property) {
        return property instanceof Map<?, ?> map ? String.valueOf(map.get("value")) : "";
    }

    private List<WebElement> shownControls() {
        return chromium.all(CONTROLS).stream()
                .filter(control -> Boolean.TRUE.equals(
                        chromium.script("return arguments[0].checkVisibility() && !arguments[0].disabled", control)))
                .toList();
    }

    private static String describe(WebElement element) {
        String html = element.getDomProperty("outerHTML");
        return html.substring(0, Math.min(120, html.length()));
    }
}
