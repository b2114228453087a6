import type { HistoryState } from "@tanstack/react-router";
import { useNavigate } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, MouseEvent } from "react";

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** An address without search parameters. */
  to: string;
  state?: () => HistoryState;
}

/** A link for what is repeated many times: the router's own reckons its address anew with each change of the page. */
export function PlainLink({ to, state, onClick, ...rest }: Props) {
  const go = useNavigate();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const other = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || other) return;
    event.preventDefault();
    void go({ to, state: state?.() });
  };
  return <a href={to} onClick={follow} {...rest} />;
}
