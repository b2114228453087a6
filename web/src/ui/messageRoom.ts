import { useEffect } from "react";

/** Above and below messages. */
const MARGIN_PX = 16;

/** Says how much of the bottom of a phone's screen messages take, so that pages and dialogs leave it to them. */
export function useMessageRoom(): void {
  useEffect(() => {
    const { style } = document.documentElement;
    const observer = new ResizeObserver(([entry]) => {
      const height = entry ? (entry.target as HTMLElement).offsetHeight : 0;
      style.setProperty("--k-messages", height > 0 ? `${height + 2 * MARGIN_PX}px` : "0px");
    });
    let frame = 0;
    // They come into the page a moment later.
    const find = () => {
      const root = document.querySelector(".mantine-Notifications-root[data-position='bottom-right']");
      if (root) observer.observe(root);
      else frame = window.requestAnimationFrame(find);
    };
    find();
    return () => {
      window.cancelAnimationFrame(frame);
      observer.disconnect();
      style.removeProperty("--k-messages");
    };
  }, []);
}
