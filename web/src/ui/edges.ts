import "./edges.css";

/**
 * Marks on which sides of a box that scrolls sideways there is more. A `ref` of it; what is given back stops it.
 * Focus and arrow keys scroll such a box by themselves.
 */
export function watchEdges(box: HTMLElement | null): () => void {
  if (!box) return () => {};
  // What stays in place at its start, such as the name of a row, is not to fade.
  const stays = box.querySelector("[data-stays]") !== null;
  let at = -1;
  const look = () => {
    at = box.scrollLeft;
    const start = at > 1 && !stays;
    const end = at + box.clientWidth < box.scrollWidth - 1;
    const edges = start && end ? "both" : start ? "start" : end ? "end" : "";
    if (box.dataset.edges !== edges) box.dataset.edges = edges;
  };
  // Up and down nothing changes: a long table asks for no measure then.
  const onScroll = () => {
    if (box.scrollLeft !== at) look();
  };
  box.addEventListener("scroll", onScroll, { passive: true });
  const sizes = new ResizeObserver(look);
  sizes.observe(box);
  for (const child of box.children) sizes.observe(child);
  return () => {
    box.removeEventListener("scroll", onScroll);
    sizes.disconnect();
  };
}
