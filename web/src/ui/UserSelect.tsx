import type { SelectProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNames } from "@/lib/entities";
import { type Person, useActivePeople, useOwners } from "./colleagues";
import { PersonSelect } from "./PeopleSelect";

type Props = Omit<SelectProps, "data" | "filter" | "renderOption">;

/** Chooses among people. Who has left can no longer be chosen, but is named where they still stand. */
function Choice({ people, value, ...rest }: Props & { people: Person[] }) {
  const { t } = useTranslation();
  const name = useNames();
  const gone = value && !people.some((one) => one.value === value);
  const label = (value && name(value)) || t("unknownUser");
  const all = gone ? [{ value, name: label, label, hint: "" }, ...people] : people;
  return <PersonSelect people={all} value={value} {...rest} />;
}

/** Chooses a colleague, who is a person: what a program owns, it made itself. */
export function UserSelect(props: Props) {
  return <Choice people={useActivePeople()} {...props} />;
}

/** Chooses whom the user could give a record of this entity. */
export function OwnerSelect({ entity, ...rest }: Props & { entity: string }) {
  return <Choice people={useOwners([entity]).people} {...rest} />;
}
