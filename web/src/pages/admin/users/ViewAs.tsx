import { Alert, Anchor, Stack, Text } from "@mantine/core";
import { IconEye, IconEyeOff, IconInfoCircle, IconMask, IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Level, ViewAs as View } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, useEntities } from "@/lib/entities";
import { number } from "@/lib/format";
import { EXPLAIN } from "@/lib/paths";
import { Fact, Ready } from "@/ui/States";
import { Panel } from "../parts/Panel";
import { ACTIONS, THINGS } from "../parts/rights";
import { viewAsQuery } from "../queries";
import { UserGrants } from "./UserGrants";
import classes from "./ViewAs.module.css";

const LEVELS: { level: Level; icon: typeof IconEye; kind: "ok" | "warn" | "muted" }[] = [
  { level: "write", icon: IconPencil, kind: "ok" },
  { level: "read", icon: IconEye, kind: "ok" },
  { level: "masked", icon: IconMask, kind: "warn" },
  { level: "hidden", icon: IconEyeOff, kind: "muted" },
];

/** What a user would see, in rights and numbers. No record is opened for it. */
export function ViewAs({ id }: { id: string }) {
  const { t } = useTranslation("admin");
  const view = useQuery(viewAsQuery(id));
  return (
    <Ready query={view}>
      {(found) => (
        <Stack>
          <Alert variant="light" color="gray" icon={<IconInfoCircle aria-hidden />}>
            {t("view.about")}
          </Alert>
          <Anchor component={Link} to={EXPLAIN} search={{ user: id } as never} size="sm">
            {t("why.ofUser")}
          </Anchor>
          <Things things={found.things} unusual={found.unusual_things} />
          <div className={classes.grid}>
            {found.entities.map((one) => (
              <EntityView key={one.entity} view={one} />
            ))}
          </div>
          <UserGrants id={id} />
        </Stack>
      )}
    </Ready>
  );
}

/** That fewer than half of the team may do as much. */
function Unusual() {
  const { t } = useTranslation("admin");
  return (
    <>
      {" "}
      <Fact kind="warn">{t("view.unusual")}</Fact>
    </>
  );
}

function Things({ things, unusual }: { things: View["things"]; unusual: string[] }) {
  const { t } = useTranslation("admin");
  const held = THINGS.filter((thing) => things[thing]);
  return (
    <Panel title={t("view.things")}>
      {held.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("view.noThings")}
        </Text>
      ) : (
        <ul className={classes.rights}>
          {held.map((thing) => (
            <li key={thing}>
              {t(`admin:thing.${thing}`)}: <b>{t(`admin:verb.${things[thing]}`)}</b>
              {unusual.includes(thing) && <Unusual />}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function EntityView({ view }: { view: View["entities"][number] }) {
  const { t } = useTranslation("admin");
  const entity = findEntity(useEntities(), view.entity);
  const actions = ACTIONS.filter((action) => (view.scopes[action] ?? "none") !== "none");
  const names = (level: Level) =>
    Object.entries(view.levels)
      .filter(([, found]) => found === level)
      .map(([name]) => inWords(entity && fieldOf(entity, name)?.label) || name);
  return (
    <Panel title={entity ? inWords(entity.label_plural) : view.entity}>
      {actions.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("view.nothing")}
        </Text>
      ) : (
        <>
          <Text size="sm">
            {view.count === null
              ? t("view.uncounted")
              : t("view.count", { count: view.count, number: number(view.count) })}
          </Text>
          <ul className={classes.rights}>
            {actions.map((action) => (
              <li key={action}>
                {t(`admin:action.${action}`)}: <b>{t(`admin:scope.${view.scopes[action]}`)}</b>
                {view.unusual.includes(action) && <Unusual />}
              </li>
            ))}
          </ul>
          <div className={classes.levels}>
            {LEVELS.map(({ level, icon: Icon, kind }) => {
              const fields = names(level);
              if (fields.length === 0) return null;
              return (
                <details key={level}>
                  <summary>
                    <Fact kind={kind}>
                      <Icon size={14} aria-hidden />
                      {t(`admin:fields.${level}`, { count: fields.length })}
                    </Fact>
                  </summary>
                  <p>{fields.join(", ")}</p>
                </details>
              );
            })}
          </div>
        </>
      )}
    </Panel>
  );
}
