// A value of a record as its descriptor says it is to be read.
import { Anchor } from "@mantine/core";
import { IconCheck, IconLock, IconMinus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Field, Money, Refs, Value } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, isMasked, useEntities, useNames } from "@/lib/entities";
import { countryName, dateTime, day, money, number } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import classes from "./FieldValue.module.css";

interface Props {
  field: Field;
  value: Value | undefined;
  refs?: Refs;
  /** Links and buttons off, as in a table's cell that is a link itself. */
  plain?: boolean;
}

export function MaskedText({ display }: { display: string }) {
  const { t } = useTranslation();
  return (
    <span className="masked">
      <IconLock size={12} aria-hidden /> <span className="visually-hidden">{t("masked")} </span>
      {display}
    </span>
  );
}

export function FieldValue({ field, value, refs, plain }: Props) {
  const entities = useEntities();
  const name = useNames();
  const { t } = useTranslation();
  if (value === undefined || value === null || value === "") return <span className={classes.none}>–</span>;
  if (isMasked(value)) return <MaskedText display={value.display} />;
  switch (field.kind) {
    case "money":
      return <>{money(value as Money)}</>;
    case "date":
      return <>{day(String(value))}</>;
    case "date_time":
      return (
        <time dateTime={String(value)} title={String(value)}>
          {dateTime(String(value))}
        </time>
      );
    case "bool":
      return value ? (
        <>
          <IconCheck size={14} aria-hidden /> {t("yes")}
        </>
      ) : (
        <>
          <IconMinus size={14} aria-hidden /> {t("no")}
        </>
      );
    case "integer":
      return <>{number(Number(value))}</>;
    case "decimal":
      return <>{number(Number(value), 4)}</>;
    case "country":
      return <>{countryName(String(value))}</>;
    case "choice":
      return <>{inWords(field.choices?.find((c) => c.code === value)?.label) || String(value)}</>;
    case "choices":
      return (
        <>
          {(value as string[])
            .map((code) => inWords(field.choices?.find((c) => c.code === code)?.label) || code)
            .join(", ")}
        </>
      );
    case "tags":
      return (
        <span className={classes.tags}>
          {(value as string[]).map((tag) => (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ))}
        </span>
      );
    case "user":
      return <>{name(String(value)) || t("unknownUser")}</>;
    case "reference": {
      const target = field.entity ? findEntity(entities, field.entity) : undefined;
      const ref = refs?.[String(value)];
      if (!ref || !target) return <span className={classes.none}>{t("notVisible")}</span>;
      if (plain) return <>{ref.title}</>;
      return (
        <Anchor component={Link} to={recordPath(target.plural, String(value))} inherit>
          {ref.title}
        </Anchor>
      );
    }
    case "email":
      return plain ? (
        <>{String(value)}</>
      ) : (
        <Anchor inherit href={`mailto:${String(value)}`}>
          {String(value)}
        </Anchor>
      );
    case "phone":
      return plain ? (
        <>{String(value)}</>
      ) : (
        <Anchor inherit href={`tel:${String(value)}`}>
          {String(value)}
        </Anchor>
      );
    case "url":
      return plain ? (
        <>{String(value)}</>
      ) : (
        <Anchor inherit href={String(value)} target="_blank" rel="noopener noreferrer">
          {String(value)}
        </Anchor>
      );
    case "long_text":
      return plain ? <>{String(value)}</> : <span className={classes.long}>{String(value)}</span>;
    default:
      return <>{String(value)}</>;
  }
}
