import { Alert, Button, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { KeyStatus } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { dateTime, number } from "@/lib/format";
import { done } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { Ready } from "@/ui/States";
import { Facts, Panel } from "../parts/Panel";
import { type Column, Rows } from "../parts/Rows";
import { keysQuery } from "../queries";

const DAY = 86_400_000;

/** Counts and ages of keys, never a key; and their rotation. */
export function Keys() {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const may = mayManage(useMe(), "keys", "manage");
  const keys = useQuery(keysQuery);
  const rotate = () =>
    confirmAct({
      title: t("keys.rotateTitle"),
      consequence: t("keys.rotateText"),
      button: t("keys.rotate"),
      run: async () => {
        const made = await request<{ epoch: number; rewrapped: number }>("POST", "/keys/rotate");
        await client.invalidateQueries({ queryKey: ["keys"] });
        done(t("keys.rotated", { epoch: made.epoch, count: made.rewrapped, number: number(made.rewrapped) }));
      },
    });
  return (
    <Panel
      title={t("keys.title")}
      about={t("keys.about")}
      actions={
        may && (
          <Button variant="default" onClick={rotate}>
            {t("keys.rotate")}
          </Button>
        )
      }
    >
      <Ready query={keys} rows={4}>
        {(state) => <State state={state} />}
      </Ready>
    </Panel>
  );
}

type Epoch = KeyStatus["epochs"][number];

function State({ state }: { state: KeyStatus }) {
  const { t } = useTranslation("admin");
  const columns: Column<Epoch>[] = [
    {
      key: "id",
      label: t("keys.epoch"),
      cell: (e) => (e.id === state.current_epoch ? t("keys.current", { epoch: e.id }) : String(e.id)),
    },
    { key: "created", label: t("keys.created"), cell: (e) => dateTime(new Date(e.created)) },
    {
      key: "age",
      label: t("keys.age"),
      cell: (e) => t("time.days", { count: Math.floor(e.age_ms / DAY) }),
    },
    { key: "count", label: t("keys.wraps"), end: true, cell: (e) => number(e.subject_keys) },
  ];
  return (
    <>
      {state.rotation_unfinished && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {t("keys.unfinished")}
        </Alert>
      )}
      <Facts
        items={[
          [t("keys.root"), t(`admin:root.${state.root}`)],
          [t("keys.subjects"), number(state.subjects)],
          [t("keys.tombstones"), number(state.tombstones)],
          [t("keys.pages"), state.page_keys.join(", ")],
        ]}
      />
      <Rows
        label={t("keys.epochs")}
        columns={columns}
        rows={[...state.epochs].reverse()}
        keyOf={(e) => String(e.id)}
      />
      <Text size="sm" c="dimmed">
        {t("keys.never")}
      </Text>
    </>
  );
}
