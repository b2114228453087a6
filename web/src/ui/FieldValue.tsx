// A value of a record as its descriptor says it is to be read.
import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Field, Refs, Value } from "@/api/types";
import { findEntity, useEntities, useNames } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import classes from "./FieldValue.module.css";
import { asText, PhoneText, valueText } from "./valueText";

interface Props {
  field: Field;
  value: Value | undefined;
  refs?: Refs;
  /** Links and buttons off, as in a table's cell that is a link itself. */
  plain?: boolean;
}

export function FieldValue({ field, value, refs, plain }: Props) {
  const entities = useEntities();
  const userName = useNames();
  const { t } = useTranslation();
  const link = (name: string, id: string, title: string) => {
    const target = findEntity(entities, name);
    if (!target) return title;
    return (
      <Anchor component={Link} to={recordPath(target.plural, id)} inherit>
        {title || "…"}
      </Anchor>
    );
  };
  const shown = valueText(field, value, { refs, userName, t, link: plain ? undefined : link });
  if (shown !== undefined) return <>{shown}</>;
  const text = String(value);
  if (plain) return <>{asText(field, value)}</>;
  switch (field.kind) {
    case "email":
      return (
        <Anchor inherit href={`mailto:${text}`}>
          {text}
        </Anchor>
      );
    case "phone":
      return (
        <Anchor inherit href={`tel:${text}`}>
          <PhoneText value={text} />
        </Anchor>
      );
    case "url":
      return (
        <Anchor inherit href={text} target="_blank" rel="noopener noreferrer">
          {text}
        </Anchor>
      );
    case "long_text":
      return <span className={classes.long}>{text}</span>;
    default:
      return <>{text}</>;
  }
}
