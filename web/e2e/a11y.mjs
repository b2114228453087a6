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
    const found = [];
    for (const violation of violations) if (!(await free(page, violation))) found.push(violation);
    return found.map(
      (v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} ${n.any[0]?.message ?? ""}`).join(" | ")}`,
    );
  }
}

/** Whether it was only that something which stays in place lay over the target: in the middle of the page it is free. */
async function free(page, { id, nodes }) {
  if (id !== "target-size") return false;
  for (const { target } of nodes) {
    const [selector] = target;
    await page.locator(selector).evaluate((node) => node.scrollIntoView({ block: "center" }));
    const { violations } = await new AxeBuilder({ page })
      .include(selector)
      .withRules(["target-size"])
      .analyze();
    if (violations.length > 0) return false;
  }
  return true;
}
