import { type ReactNode, useEffect, useRef } from "react";
import classes from "./Import.module.css";

/** Heading of a step; it gets the focus when the step is gone to, so that it is read out. */
export function StepHead({
  title,
  children,
  focus,
}: {
  title: string;
  children?: ReactNode;
  focus?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus !== false) heading.current?.focus({ preventScroll: true });
  }, [focus]);
  return (
    <div>
      <h2 ref={heading} tabIndex={-1} className={classes.stepTitle}>
        {title}
      </h2>
      {children && <p className={classes.lead}>{children}</p>}
    </div>
  );
}
