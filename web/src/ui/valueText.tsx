// Values of records as they are read, without hooks: a table shows hundreds of them.
import { IconCheck, IconMinus } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import type { Field, Money, Refs, Value } from "@/api/types";
import { inWords } from "@/i18n";
import { isMasked } from "@/lib/entities";
import { countryName, dateOf, dateTime, day, money, number } from "@/lib/format";
import classes from "./FieldValue.module.css";
import { MaskedText } from "./MaskedText";

/** What a value may speak of besides itself. */
export interface Around {
  refs?: Refs;
  userName: (id: string) => string;
  t: TFunction;
  /** The way to another record; absent where the value stands in a link itself. */
  link?: (entity: string, id: string, title: string) => ReactNode;
}

export const None = () => <span className={classes.none}>–</span>;

export function Moment({ value, days }: { value: string; days?: boolean }) {
  return (
    <time dateTime={value} title={value}>
      {days ? dateOf(value) : dateTime(value)}
    </time>
  );
}

export const choiceLabel = (field: Field | undefined, code: string): string =>
  inWords(field?.choices?.find((c) => c.code === code)?.label) || code;

const POLISH = /^\+48(\d{3})(\d{3})(\d{3})$/;

/** A Polish number in threes. They are only set apart: what is copied is the bare number. */
export function PhoneText({ value }: { value: string }) {
  const parts = value.match(POLISH)?.slice(1);
  if (!parts) return <>{value}</>;
  return (
    <span className={classes.phone}>
      <span>+48</span>
      {parts.map((part, at) => (
        <span key={`${at} ${part}`}>{part}</span>
      ))}
    </span>
  );
}

/** What is text as it stands. */
export const asText = (field: Field, value: Value | undefined): ReactNode =>
  field.kind === "phone" ? <PhoneText value={String(value)} /> : String(value);

export function reference(id: string, { refs, link, t }: Around): ReactNode {
  const ref = refs?.[id];
  if (!ref) return <span className={classes.none}>{t("common:notVisible")}</span>;
  return link ? link(ref.entity, id, ref.title) : ref.title;
}

/** As the field's descriptor says; undefined for what is text as it stands. */
export function valueText(field: Field, value: Value | undefined, around: Around): ReactNode {
  if (value === undefined || value === null || value === "") return <None />;
  if (isMasked(value)) return <MaskedText display={value.display} />;
  switch (field.kind) {
    case "money":
      return money(value as Money);
    case "date":
      return day(String(value));
    case "date_time":
      return <Moment value={String(value)} />;
    case "integer":
      return number(Number(value));
    case "decimal":
      return number(Number(value), 4);
    case "bool": {
      const Icon = value ? IconCheck : IconMinus;
      return (
        <span className={classes.icon}>
          <Icon size={14} aria-hidden /> {around.t(value ? "common:yes" : "common:no")}
        </span>
      );
    }
    case "country":
      return countryName(String(value));
    case "choice":
      return choiceLabel(field, String(value));
    case "choices":
      return (value as string[]).map((code) => choiceLabel(field, code)).join(", ");
    case "tags":
      return (value as string[]).map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ));
    case "user":
      return around.userName(String(value)) || around.t("common:unknownUser");
    case "reference":
      return reference(String(value), around);
    default:
      return undefined;
  }
}
