import { Select, type SelectProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNames } from "@/lib/entities";
import { useActivePeople } from "./colleagues";

/** Chooses a colleague, who is a person: what a program owns, it made itself. Who has left can no longer be chosen, but is named where they still stand. */
export function UserSelect({ value, ...rest }: Omit<SelectProps, "data">) {
  const { t } = useTranslation();
  const name = useNames();
  const active = useActivePeople();
  const gone = value && !active.some((one) => one.value === value);
  return (
    <Select
      searchable
      nothingFoundMessage={t("nothingFound")}
      data={gone ? [{ value, label: name(value) || t("unknownUser") }, ...active] : active}
      value={value}
      {...rest}
    />
  );
}
