// A grant by the record that it is over: among those that one was given or gave, and among findings.
import { Anchor } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OwnGrant } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import { EntityIcon } from "@/pages/record/header/EntityIcon";
import { GrantItem, useWhomWords } from "./GrantItem";
import classes from "./GrantItem.module.css";

interface Props {
  grant: OwnGrant;
  /** What else is said of it. */
  note?: string;
}

/** The record by its title and kind, as far as the user sees it now. */
export function OwnGrantItem({ grant, note }: Props) {
  const { t } = useTranslation("shared");
  const entities = useEntities();
  const whom = [useWhomWords()(grant), note].filter(Boolean).join(" · ") || undefined;
  const { record, owner } = grant;
  if (!record) {
    const name = t("cover", { name: owner?.name || t("common:unknownUser") });
    return <GrantItem grant={grant} name={name} whom={whom} heading={<Cover name={name} />} />;
  }
  const entity = findEntity(entities, record.entity);
  const kind = inWords(entity?.label) || record.entity;
  // Null: it is not to be seen now. Empty: it has no title.
  const seen = record.title !== null && entity !== undefined;
  const name = seen ? record.title || t("record:untitled") : t("unseen", { kind });
  const heading = (
    <>
      <EntityIcon name={record.entity} size={14} />
      {seen ? (
        <Anchor component={Link} to={recordPath(entity.plural, record.id)} inherit className={classes.name}>
          {name}
        </Anchor>
      ) : (
        <span className={classes.name}>{name}</span>
      )}
    </>
  );
  return <GrantItem {...{ grant, entity, name, whom, heading }} kind={seen ? kind : undefined} />;
}

const Cover = ({ name }: { name: string }): ReactNode => (
  <>
    <IconUsers size={14} aria-hidden />
    <span className={classes.name}>{name}</span>
  </>
);
