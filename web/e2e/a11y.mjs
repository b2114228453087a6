// What axe finds on a page as it is now, by the rules of WCAG 2.2 AA and good practice.
import AxeBuilder from "@axe-core/playwright";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function findings(page, { without = [] } = {}) {
  for (let tries = 1; ; tries++) {
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).disableRules(without).analyze();
    // What is still being drawn may be pale or nameless for a moment: only what stays is a finding.
    if (violations.length > 0 && tries < 3) {
      await page.waitForTimeout(500);
      continue;
    }
    return violations.map(
      (v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} ${n.any[0]?.message ?? ""}`).join(" | ")}`,
    );
  }
}
