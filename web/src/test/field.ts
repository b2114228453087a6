import type { Field, FieldKind } from "@/api/types";

/** A field's descriptor as the server would send it, with the flags that a test is about. */
export const field = (name: string, kind: FieldKind, flags: Partial<Field["flags"]> = {}): Field => ({
  name,
  kind,
  label: { pl: name, en: name },
  flags: {
    personal: false,
    special: false,
    searchable: false,
    unique: false,
    sorts_as_name: false,
    required: false,
    read_only: false,
    trade: false,
    custom: false,
    ...flags,
  },
});
