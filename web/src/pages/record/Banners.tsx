// What has to be known before anything else: in the bin, changed by somebody else, converted.
import { Alert, Anchor, Button, Group } from "@mantine/core";
import { IconArrowsExchange, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { recordQuery } from "@/api/queries";
import type { RecordView } from "@/api/types";
import { fieldOf, findEntity, useEntities, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { type RecordChanged, useStream } from "@/lib/stream";
import { passFocus } from "@/ui/passFocus";
import { useHere } from "./here";
import classes from "./Record.module.css";
import { useActs } from "./useActs";

export function Banners() {
  return (
    <>
      <ChangedBanner />
      <BinnedBanner />
      <ConvertedBanner />
    </>
  );
}

/** Long enough for the answer to one's own change to arrive before its message counts as news. */
const OWN_MS = 2000;

/** Somebody else's change is told, and shown when asked for: nothing is taken away from under one's hands. */
function ChangedBanner() {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const me = useMe();
  const client = useQueryClient();
  const [foreign, setForeign] = useState<RecordChanged | null>(null);
  const key = recordQuery(entity.plural, record.id).queryKey;
  const show = () => {
    void client.invalidateQueries({ queryKey: key });
    void client.invalidateQueries({ queryKey: ["around", entity.plural, record.id] });
  };
  useStream("record", (change) => {
    if (change.entity !== entity.name || change.id !== record.id) return;
    const behind = () => (client.getQueryData<RecordView>(key)?.version ?? 0) < change.version;
    if (!behind()) return;
    if (change.by.id !== me.user.id) setForeign(change);
    else window.setTimeout(() => behind() && show(), OWN_MS);
  });
  return (
    <div role="status" className={classes.status}>
      {foreign && foreign.version > record.version && (
        <Alert color="brand" variant="light" py="xs" icon={<IconRefresh aria-hidden />}>
          <Group justify="space-between" gap="sm">
            <span>{t("changedBy", { name: foreign.by.name, at: dateTime(foreign.at) })}</span>
            <Button
              size="compact-sm"
              variant="default"
              onClick={(event) => {
                passFocus(event.currentTarget);
                show();
              }}
            >
              {t("showChange")}
            </Button>
          </Group>
        </Alert>
      )}
    </div>
  );
}

function BinnedBanner() {
  const { t } = useTranslation("record");
  const { record, may } = useHere();
  const acts = useActs();
  if (!record.deleted_at) return null;
  return (
    <Alert color="orange" variant="light" py="xs" icon={<IconTrash aria-hidden />}>
      <Group justify="space-between" gap="sm">
        <span>{t("binned", { at: dateTime(record.deleted_at), name: record.updated_by.name })}</span>
        {may("delete") && (
          <Button size="compact-sm" variant="default" onClick={() => void acts.restore()}>
            {t("acts.restore")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

const RESULTS = ["converted_person", "converted_company", "converted_deal"];

function ConvertedBanner() {
  const { t } = useTranslation("record");
  const entities = useEntities();
  const { entity, record } = useHere();
  const at = record.fields.converted_at;
  if (typeof at !== "string") return null;
  return (
    <Alert color="green" variant="light" py="xs" icon={<IconArrowsExchange aria-hidden />}>
      <Group gap="md">
        <span>{t("convert.at", { at: dateTime(at) })}</span>
        {RESULTS.map((name) => {
          const id = record.fields[name];
          const target = findEntity(entities, fieldOf(entity, name)?.entity ?? "");
          const ref = typeof id === "string" ? record.refs?.[id] : undefined;
          if (!ref || !target || typeof id !== "string") return null;
          return (
            <Anchor key={name} component={Link} to={recordPath(target.plural, id)} inherit underline="always">
              {ref.title}
            </Anchor>
          );
        })}
      </Group>
    </Alert>
  );
}
