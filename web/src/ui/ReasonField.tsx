import { Textarea } from "@mantine/core";
import type { ComponentProps } from "react";
import { REASON_MAX } from "@/lib/reason";

interface Props extends Omit<ComponentProps<typeof Textarea>, "onChange"> {
  onChange: (reason: string) => void;
}

/** Why something is done, in the user's own words. */
export const ReasonField = ({ onChange, ...rest }: Props) => (
  <Textarea
    autosize
    minRows={2}
    maxRows={6}
    maxLength={REASON_MAX}
    {...rest}
    onChange={(e) => onChange(e.currentTarget.value)}
  />
);
