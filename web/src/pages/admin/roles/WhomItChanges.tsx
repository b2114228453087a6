import { Alert, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconArrowDownRight, IconArrowUpRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { findEntity, mayManage, useEntities, useMe } from "@/lib/entities";
import { number } from "@/lib/format";
import { Fact, Ready } from "@/ui/States";
import { type Preview, previewQuery } from "../policy";
import classes from "./Policy.module.css";

interface Props {
  /** Of the role or the user. */
  path: string;
  version: number;
  /** What would be saved. */
  body: object;
}

/** Who gains what and who loses what, before it is saved: as the server works it out. */
export function WhomItChanges({ path, version, body }: Props) {
  const { t } = useTranslation("admin");
  const preview = useQuery(previewQuery(path, version, body));
  return (
    <section aria-label={t("whom.title")}>
      <Title order={3} className={classes.title}>
        {t("whom.title")}
      </Title>
      <Ready query={preview} rows={3}>
        {(found) => <Told preview={found} />}
      </Ready>
    </section>
  );
}

/** What a preview says. */
export function Told({ preview }: { preview: Preview }) {
  const { t } = useTranslation("admin");
  const me = useMe();
  const { gaining, losing, groups, more_groups: more, grants, together } = preview;
  return (
    <>
      <Text size="sm" role="status">
        {gaining + losing === 0
          ? t("whom.nobody")
          : `${t("whom.gaining", { count: gaining })}, ${t("whom.losing", { count: losing })}`}
      </Text>
      {together.length > 0 && !mayManage(me, "roles") && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="status">
          {t("conflicts.warn", {
            pairs: together.map(([a, b]) => t("conflicts.pair", { a: a?.label, b: b?.label })).join(", "),
          })}
        </Alert>
      )}
      {grants > 0 && (
        <Text size="sm" c="dimmed">
          {t("whom.grants", { count: grants })}
        </Text>
      )}
      {groups.map((group) => (
        <Group key={`${group.team.id} ${group.users?.[0]?.id} ${group.gained} ${group.lost}`} group={group} />
      ))}
      {more > 0 && (
        <Text size="sm" c="dimmed">
          {t("whom.more", { count: more })}
        </Text>
      )}
    </>
  );
}

function Group({ group }: { group: Preview["groups"][number] }) {
  const { t } = useTranslation("admin");
  const entities = useEntities();
  const names = (group.users ?? []).map((user) => user.name);
  const rest = group.count - names.length;
  return (
    <div className={classes.one}>
      <Text size="sm" fw={500}>
        {group.users === null
          ? t("whom.people", { count: group.count, team: group.team.name })
          : `${names.join(", ")}${rest > 0 ? ` ${t("whom.andMore", { count: rest })}` : ""} · ${group.team.name}`}
      </Text>
      <ul className={classes.list}>
        {group.gained.map((text) => (
          <li key={`+${text}`}>
            <Fact kind="warn">
              <IconArrowUpRight size={14} aria-hidden />
              {t("whom.gains")}
            </Fact>{" "}
            {text}
          </li>
        ))}
        {group.lost.map((text) => (
          <li key={`-${text}`}>
            <Fact kind="ok">
              <IconArrowDownRight size={14} aria-hidden />
              {t("whom.loses")}
            </Fact>{" "}
            {text}
          </li>
        ))}
        {(group.records ?? []).map(({ user, entity, before, after }) => (
          <li key={`${user.id} ${entity}`} className={classes.dim}>
            {t("whom.records", {
              name: user.name,
              what: inWords(findEntity(entities, entity)?.label_plural) || entity,
              before: number(before),
              after: number(after),
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}
