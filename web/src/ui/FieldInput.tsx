// An input for a field, as its descriptor says it is to be written. Works on the API's own form of the value.
import { Checkbox, MultiSelect, NumberInput, Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Money, Refs, Value } from "@/api/types";
import { currentLang, inWords } from "@/i18n";
import { countryOptions } from "@/lib/countries";
import { MoneyInput } from "./MoneyInput";
import { ReferenceInput } from "./ReferenceInput";
import { UserSelect } from "./UserSelect";

const DateField = lazy(() => import("./DateField"));

interface Props {
  field: Field;
  value: Value | undefined;
  onChange: (value: Value) => void;
  error?: ReactNode;
  /** Titles of what the value refers to. */
  refs?: Refs;
  autoFocus?: boolean;
  /** Shown to screen readers only, as in a table. */
  hideLabel?: boolean;
  onBlur?: () => void;
}

export function FieldInput({ field, value, onChange, error, refs, autoFocus, hideLabel, onBlur }: Props) {
  const { t } = useTranslation();
  const label = inWords(field.label);
  const common = {
    label: hideLabel ? undefined : label,
    "aria-label": hideLabel ? label : undefined,
    error,
    required: field.flags.required,
    withAsterisk: field.flags.required,
    onBlur,
    "data-autofocus": autoFocus || undefined,
    autoFocus,
  };
  const text = typeof value === "string" ? value : "";
  const choices = (field.choices ?? []).map((c) => ({ value: c.code, label: inWords(c.label) }));
  switch (field.kind) {
    case "long_text":
      return (
        <Textarea
          {...common}
          value={text}
          maxLength={field.max}
          autosize
          minRows={3}
          maxRows={14}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      );
    case "bool":
      return (
        <Checkbox
          label={common.label}
          aria-label={common["aria-label"]}
          error={error}
          onBlur={onBlur}
          autoFocus={autoFocus}
          data-autofocus={autoFocus || undefined}
          checked={value === true}
          onChange={(e) => onChange(e.currentTarget.checked)}
        />
      );
    case "integer":
      return (
        <NumberInput
          {...common}
          // A sign alone is text yet.
          value={typeof value === "number" ? value : text}
          allowDecimal={false}
          min={field.min}
          max={field.max}
          thousandSeparator={currentLang() === "pl" ? " " : ","}
          onChange={(v) => onChange(v === "" ? null : Number.isNaN(Number(v)) ? v : Number(v))}
        />
      );
    case "decimal":
      return (
        <NumberInput
          {...common}
          value={text}
          decimalScale={4}
          decimalSeparator={currentLang() === "pl" ? "," : "."}
          onChange={(v) => onChange(v === "" ? null : String(v))}
        />
      );
    case "money":
      return (
        <MoneyInput
          common={common}
          label={label}
          value={value as Money | null | undefined}
          onChange={onChange}
        />
      );
    case "date":
    case "date_time":
      return (
        <Suspense fallback={<TextInput {...common} value={text} readOnly />}>
          <DateField {...common} kind={field.kind} value={text} onChange={onChange} />
        </Suspense>
      );
    case "choice":
      return (
        <Select
          {...common}
          data={choices}
          value={text || null}
          clearable={!field.flags.required}
          searchable={choices.length > 8}
          nothingFoundMessage={t("nothingFound")}
          onChange={onChange}
        />
      );
    case "choices":
      return (
        <MultiSelect
          {...common}
          data={choices}
          value={Array.isArray(value) ? value : []}
          clearable
          onChange={(v) => onChange(v.length ? v : null)}
        />
      );
    case "tags":
      return (
        <TagsInput
          {...common}
          value={Array.isArray(value) ? value : []}
          onChange={(v) => onChange(v.length ? v : null)}
        />
      );
    case "country":
      return (
        <Select
          {...common}
          searchable
          clearable
          limit={60}
          nothingFoundMessage={t("nothingFound")}
          data={countryOptions()}
          value={text || null}
          onChange={onChange}
        />
      );
    case "user":
      return (
        <UserSelect {...common} clearable={!field.flags.required} value={text || null} onChange={onChange} />
      );
    case "reference":
      return (
        <ReferenceInput
          {...common}
          entity={field.entity ?? ""}
          value={text || null}
          title={refs?.[text]?.title}
          clearable={!field.flags.required}
          onChange={onChange}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          value={text}
          maxLength={field.kind === "text" ? field.max : undefined}
          type={field.kind === "email" ? "email" : field.kind === "phone" ? "tel" : "text"}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      );
  }
}
