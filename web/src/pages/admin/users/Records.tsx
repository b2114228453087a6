import { Alert, Button, Radio, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwnedRecords, UserView } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, mayManage, useEntities, useMe } from "@/lib/entities";
import { number } from "@/lib/format";
import { Ready } from "@/ui/States";
import { Panel } from "../parts/Panel";
import { userRecordsQuery } from "../queries";
import { HandOver } from "./HandOver";
import classes from "./ViewAs.module.css";

interface Props {
  user: UserView;
  /** Whether the hand-over is open. */
  opened: boolean;
  onOpen: (opened: boolean) => void;
}

/** How many records somebody owns, and who may have them instead. */
export function Records({ user, opened, onOpen }: Props) {
  const { t } = useTranslation("admin");
  const me = useMe();
  const entities = useEntities();
  const records = useQuery(userRecordsQuery(user.id));
  const count = records.data?.count ?? 0;
  const ask = left(records.data) > 0 && mayManage(me, "users", "manage") && (
    <Button variant="default" onClick={() => onOpen(true)}>
      {t("handOver.open")}
    </Button>
  );
  return (
    <Panel title={t("records.title")} actions={ask}>
      <Ready query={records}>
        {({ items, views }) => (
          <>
            {user.state === "suspended" && count > 0 && (
              <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />}>
                {t("records.left", { count, number: number(count) })}
              </Alert>
            )}
            {items.length === 0 && views === 0 && (
              <Text size="sm" c="dimmed">
                {t("records.none")}
              </Text>
            )}
            <ul className={classes.rights}>
              {items.map((one) => (
                <li key={one.entity}>
                  {inWords(findEntity(entities, one.entity)?.label_plural) || one.entity}:{" "}
                  <b>{number(one.count)}</b>
                  {one.binned > 0 && ` ${t("records.binned", { number: number(one.binned) })}`}
                </li>
              ))}
              {views > 0 && (
                <li>
                  {t("records.views")}: <b>{number(views)}</b>
                </li>
              )}
            </ul>
          </>
        )}
      </Ready>
      <HandOver user={user} opened={opened} onClose={() => onOpen(false)} />
    </Panel>
  );
}

/** How much there is that could go to others: records, in the bin too, and views that are shared. */
const left = (owned?: OwnedRecords): number =>
  owned ? owned.items.reduce((sum, one) => sum + one.count + one.binned, owned.views) : 0;

export type Fate = "stay" | "go";

/** What becomes of the records of whoever leaves; asked only where there are any. */
export function useFate(id: string) {
  const [fate, setFate] = useState<Fate>("stay");
  const owned = useQuery(userRecordsQuery(id)).data;
  return { fate, setFate, count: owned?.count ?? 0, some: left(owned) > 0 };
}

export function FateChoice({ fate, setFate, count, some }: ReturnType<typeof useFate>) {
  const { t } = useTranslation("admin");
  if (!some) return null;
  return (
    <Radio.Group
      label={count > 0 ? t("records.fate", { count, number: number(count) }) : t("records.fateOfRest")}
      value={fate}
      onChange={(value) => setFate(value as Fate)}
    >
      <Radio mt="xs" value="stay" label={t("records.stay")} />
      <Radio mt="xs" value="go" label={t("records.go")} />
    </Radio.Group>
  );
}
