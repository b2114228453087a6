// One condition: field, operator, value as its kind has it.
import { Button, MultiSelect, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { teamsQuery } from "@/api/queries";
import type { Entity, Refs } from "@/api/types";
import { currentLang, inWords } from "@/i18n";
import {
  type Condition,
  type FilterField,
  filterField,
  filterFields,
  type Operator,
  operatorsOf,
  PRESETS,
} from "@/lib/conditions";
import { countryOptions } from "@/lib/countries";
import { useActiveColleagues } from "./colleagues";
import classes from "./FilterBar.module.css";
import { useFieldLabel } from "./FilterBarText";
import { ReferenceInput } from "./ReferenceInput";

const DateField = lazy(() => import("./DateField"));

interface Props {
  entity: Entity;
  withheld: ReadonlySet<string>;
  refs?: Refs;
  condition?: Condition;
  onApply: (condition: Condition) => void;
}

const CODES = ["choice", "country", "user", "team"];

/** `eq` of a code is `in` with one. */
function offered(condition: Condition | undefined, target: FilterField | undefined): Operator | undefined {
  if (!target) return undefined;
  const all = operatorsOf(target);
  if (!condition) return all[0];
  if (condition.op === "eq" && CODES.includes(target.kind)) return "in";
  return all.includes(condition.op) ? condition.op : all[0];
}

export function FilterBarEditor({ entity, withheld, refs, condition, onApply }: Props) {
  const { t } = useTranslation("list");
  const label = useFieldLabel();
  const [name, setName] = useState(condition?.field ?? "");
  const target = name ? filterField(entity, name) : undefined;
  const [op, setOp] = useState(offered(condition, target));
  const [values, setValues] = useState(condition?.values ?? []);
  const valued = op !== "empty" && op !== "filled";
  const ready = target && op && (!valued || values.some((v) => v.trim() !== ""));

  const choose = (next: string | null) => {
    const to = next ? filterField(entity, next) : undefined;
    setName(next ?? "");
    setOp(offered(undefined, to));
    setValues(to?.kind === "bool" ? ["true"] : []);
  };
  const operate = (next: string | null) => {
    // A word for days is no day, and the other way round.
    if (target && ["date", "date_time"].includes(target.kind)) setValues([]);
    else if (next !== "in" && next !== "has") setValues(values.slice(0, 1));
    setOp((next as Operator | null) ?? op);
  };
  const apply = (event: React.FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (ready)
      onApply({ field: name, op, values: valued ? values.map((v) => v.trim()).filter(Boolean) : [] });
  };
  return (
    <form className={classes.editor} onSubmit={apply}>
      <Select
        label={t("filter.field")}
        searchable
        data-autofocus={condition ? undefined : true}
        allowDeselect={false}
        nothingFoundMessage={t("common:nothingFound")}
        data={filterFields(entity, withheld).map((f) => ({ value: f.name, label: label(f) }))}
        value={name || null}
        onChange={choose}
      />
      {target && op && operatorsOf(target).length > 1 && (
        <Select
          label={t("filter.operator")}
          allowDeselect={false}
          data={operatorsOf(target).map((o) => ({ value: o, label: operatorWord(t, o, target) }))}
          value={op}
          onChange={operate}
        />
      )}
      {target && op && valued && (
        <ValueInput target={target} op={op} values={values} onChange={setValues} refs={refs} />
      )}
      <Button type="submit" disabled={!ready}>
        {t("filter.apply")}
      </Button>
    </form>
  );
}

/** Numbers and dates are compared in other words than codes are. */
function operatorWord(t: ReturnType<typeof useTranslation>["t"], op: Operator, target: FilterField): string {
  if (op === "in" && ["date", "date_time"].includes(target.kind)) return t("list:op.during");
  return t(`list:op.${op}`);
}

interface ValueProps {
  target: FilterField;
  op: Operator;
  values: string[];
  onChange: (values: string[]) => void;
  refs?: Refs;
}

function useOptions(target: FilterField): { value: string; label: string }[] {
  const colleagues = useActiveColleagues();
  const { data: teams = [] } = useQuery(teamsQuery);
  switch (target.kind) {
    case "user":
      return colleagues;
    case "team":
      return teams.map((team) => ({ value: team.id, label: team.name }));
    case "country":
      return countryOptions();
    default:
      return (target.field?.choices ?? []).map((c) => ({ value: c.code, label: inWords(c.label) }));
  }
}

function ValueInput({ target, op, values, onChange, refs }: ValueProps) {
  const { t } = useTranslation("list");
  const options = useOptions(target);
  const label = t("filter.value");
  const value = values[0] ?? "";
  const one = (next: string | null | undefined) => onChange(next ? [next] : []);
  switch (target.kind) {
    case "choice":
    case "choices":
    case "country":
    case "user":
    case "team":
      return op === "in" || op === "has" ? (
        <MultiSelect
          label={label}
          data-autofocus
          searchable={options.length > 8}
          limit={80}
          data={options}
          value={values}
          onChange={onChange}
        />
      ) : (
        <Select label={label} searchable limit={80} data={options} value={value || null} onChange={one} />
      );
    case "bool":
      return (
        <Select
          label={label}
          allowDeselect={false}
          data={[
            { value: "true", label: t("common:yes") },
            { value: "false", label: t("common:no") },
          ]}
          value={value}
          onChange={one}
        />
      );
    case "tags":
      return <TagsInput label={label} data-autofocus value={values} onChange={onChange} splitChars={[","]} />;
    case "reference":
      return (
        <ReferenceInput
          label={label}
          entity={target.field?.entity ?? ""}
          value={value || null}
          title={refs?.[value]?.title}
          onChange={one}
        />
      );
    case "date":
    case "date_time":
      return op === "in" ? (
        <Select
          label={label}
          data={PRESETS.map((preset) => ({ value: `@${preset}`, label: t(`preset.${preset}`) }))}
          value={value || null}
          onChange={one}
        />
      ) : (
        <Suspense fallback={<TextInput label={label} readOnly />}>
          <DateField label={label} kind="date" value={value.slice(0, 10)} onChange={one} />
        </Suspense>
      );
    case "integer":
    case "decimal":
    case "money":
      return (
        <NumberInput
          label={label}
          data-autofocus
          value={value}
          decimalScale={target.kind === "integer" ? 0 : 4}
          decimalSeparator={currentLang() === "pl" ? "," : "."}
          thousandSeparator={currentLang() === "pl" ? " " : ","}
          onChange={(next) => one(next === "" ? null : String(next))}
        />
      );
    default:
      return (
        <TextInput
          label={label}
          data-autofocus
          autoComplete="off"
          value={value}
          onChange={(event) => onChange([event.currentTarget.value])}
        />
      );
  }
}
