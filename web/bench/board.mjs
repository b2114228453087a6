// The board with 500 deals: how soon it is there, how smoothly a column scrolls and a card is carried.

/** Every frame and every long task while something is done. */
async function frames(page, tools, act) {
  await page.evaluate(() => {
    const seen = { frames: [], tasks: [], going: true };
    window.seen = seen;
    seen.observer = new PerformanceObserver((list) => {
      for (const task of list.getEntries()) seen.tasks.push(task.duration);
    });
    seen.observer.observe({ entryTypes: ["longtask"] });
    let last = performance.now();
    const frame = (now) => {
      seen.frames.push(now - last);
      last = now;
      if (seen.going) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const before = await tools.cpu();
  await act();
  const cpu = (await tools.cpu()) - before;
  const seen = await page.evaluate(() => {
    window.seen.going = false;
    window.seen.observer.disconnect();
    return { frames: window.seen.frames, tasks: window.seen.tasks };
  });
  return { cpu: cpu / seen.frames.length, longest: Math.max(...seen.frames), tasks: seen.tasks.length };
}

/** As fast as a hand: 60 px a frame, from the top of the fullest column to its end. */
const scrollColumn = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const lists = [...document.querySelectorAll("[data-column] > ul")];
        const list = lists.reduce((a, b) => (b.scrollHeight > a.scrollHeight ? b : a));
        const step = () => {
          const top = list.scrollTop;
          list.scrollTop += 60;
          if (list.scrollTop > top) requestAnimationFrame(step);
          else done();
        };
        step();
      }),
  );

/** Over all columns and back to where it was lifted, so that nothing is changed. */
async function carry(page) {
  const card = await page.locator("[data-card]").first().boundingBox();
  const [x, y] = [card.x + 40, card.y + 16];
  const end = await page.evaluate(() => innerWidth - 40);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 10, y + 10, { steps: 2 });
  await page.locator("[data-carried]").waitFor();
  await page.mouse.move(end, y + 120, { steps: 60 });
  await page.mouse.move(x, y + 10, { steps: 60 });
  await page.mouse.up();
  await page.locator("[data-carried]").waitFor({ state: "detached" });
}

/** `page` shows the board, come to from a list. */
export async function measureBoard(page, tools, report) {
  const cards = page.locator("[data-card]");
  // The sums of the columns come after the cards.
  await page.waitForTimeout(1500);
  const scripts = tools.requests().filter((r) => r.type === "Script");
  report(
    "board: JavaScript beside that of a list (br)",
    scripts.reduce((sum, r) => sum + r.bytes, 0) / 1000,
    20,
    "kB",
  );
  const loaded = await page.locator("main [role='status']").filter({ hasText: /szans/ }).first().innerText();
  report("board: deals loaded", Number.parseInt(loaded, 10), undefined, "");
  report("board: cards in the DOM", await cards.count(), undefined, "");
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  report("board: elements in the DOM", nodes, undefined, "");
  await smoothness(page, tools, report, "scrolling a column", scrollColumn);
}

/** `page` shows the board of somebody who may move its cards. */
export const measureCarrying = (page, tools, report) =>
  smoothness(page, tools, report, "carrying a card", carry);

async function smoothness(page, tools, report, what, act) {
  const { cpu, longest, tasks } = await frames(page, tools, () => act(page));
  report(`board: ${what}: CPU a frame`, cpu, 16, "ms");
  report(`board: ${what}: longest frame`, longest, 50, "ms");
  report(`board: ${what}: tasks longer than 50 ms`, tasks, undefined, "");
}
