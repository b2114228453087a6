import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { listQuery } from "@/api/queries";
import { onlyFields, titleOf, useEntity, useMe } from "@/lib/entities";

interface Props {
  /** Entity looked in, by name. */
  entity: string;
  value: string | null;
  /** Title of the present value. */
  title?: string;
  onChange: (id: string | null, title?: string) => void;
  label?: ReactNode;
  "aria-label"?: string;
  error?: ReactNode;
  required?: boolean;
  clearable?: boolean;
  onBlur?: () => void;
}

/** Chooses a record by typing a part of its name; offers what the user may see, once the field is opened. */
export function ReferenceInput({ entity: name, value, title, onChange, clearable, ...rest }: Props) {
  const { t } = useTranslation();
  const entity = useEntity(name);
  const me = useMe();
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState("");
  const [words] = useDebouncedValue(typed.trim(), 150);
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const present = chosen?.value === value ? chosen : value && title ? { value, label: title } : null;
  // The name of what is chosen stands in the field as if it were typed.
  const q = words === present?.label.trim() ? "" : words;
  const { data, isFetching } = useQuery({
    ...listQuery(entity.plural, { q, limit: 20, fields: onlyFields(me, entity, [entity.title]) }),
    enabled: opened,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const options = (data?.items ?? []).map((row) => ({
    value: row.id,
    label: titleOf(entity, row.fields) || "…",
  }));
  if (present && !options.some((o) => o.value === present.value)) options.unshift(present);
  return (
    <Select
      {...rest}
      searchable
      clearable={clearable}
      data={options}
      filter={({ options: all }) => all}
      value={value}
      onDropdownOpen={() => setOpened(true)}
      onSearchChange={setTyped}
      nothingFoundMessage={isFetching ? t("loading") : t("nothingFound")}
      onChange={(id, option) => {
        setChosen(id && option ? { value: id, label: option.label } : null);
        onChange(id, option?.label);
      }}
    />
  );
}
