import {
  type ComboboxItem,
  type ComboboxLikeRenderOptionInput,
  MultiSelect,
  type MultiSelectProps,
  type OptionsFilter,
  Select,
  type SelectProps,
} from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Person } from "./colleagues";
import classes from "./PeopleSelect.module.css";

const small = (text: string): string => text.toLocaleLowerCase();

/** How people are offered: each with what tells them apart, which is looked for too. */
function usePersonOptions(people: Person[]) {
  const { t } = useTranslation();
  const known = new Map(people.map((one) => [one.value, one]));
  const filter: OptionsFilter = ({ options, search, limit }) => {
    const words = small(search).split(/\s+/).filter(Boolean);
    const fits = ({ value, label }: ComboboxItem) => {
      const text = small(`${label} ${known.get(value)?.hint ?? ""}`);
      return words.every((word) => text.includes(word));
    };
    return (options as ComboboxItem[]).filter(fits).slice(0, limit);
  };
  const renderOption = ({ option, checked }: ComboboxLikeRenderOptionInput<ComboboxItem>) => (
    <div className={classes.option}>
      {checked && <IconCheck size={14} aria-hidden />}
      <div>
        <div>{known.get(option.value)?.name}</div>
        <div className={classes.hint}>{known.get(option.value)?.hint}</div>
      </div>
    </div>
  );
  return { data: people, filter, renderOption, nothingFoundMessage: t("nothingFound") };
}

type Own = "data" | "filter" | "renderOption";

/** Chooses one of these people. */
export function PersonSelect({ people, ...rest }: { people: Person[] } & Omit<SelectProps, Own>) {
  return <Select searchable {...usePersonOptions(people)} {...rest} />;
}

/** Chooses some of these people. */
export function PeopleSelect({ people, ...rest }: { people: Person[] } & Omit<MultiSelectProps, Own>) {
  return <MultiSelect searchable {...usePersonOptions(people)} {...rest} />;
}
