import { TextInput } from "@mantine/core";
import { lazy, Suspense } from "react";

const DateField = lazy(() => import("./DateField"));

interface Props {
  label: string;
  description?: string;
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  onChange: (day: string) => void;
  error?: string;
  required?: boolean;
}

/** A day; the calendar is loaded only where one is asked for. */
export const DayField = ({ onChange, ...rest }: Props) => (
  <Suspense
    fallback={
      <TextInput label={rest.label} description={rest.description} required={rest.required} readOnly />
    }
  >
    <DateField {...rest} kind="date" onChange={(day) => onChange(day ?? "")} />
  </Suspense>
);
