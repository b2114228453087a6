import { Button, Stack } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Fields, RecordChange, Refs } from "@/api/types";
import { isMasked } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { Empty, Ready } from "@/ui/States";
import { ChangeValues, changedPairs, refsWith, useKindWords } from "../ChangeValues";
import { useHere } from "../here";
import { changesQuery } from "../queries";
import type { Patch } from "../useSaving";
import { same } from "../values";
import { More } from "./More";
import classes from "./Tabs.module.css";

/** Every change with old and new values; each can be put back, at any later time. */
export function HistoryTab() {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const query = useInfiniteQuery(changesQuery(entity.plural, record.id));
  return (
    <Ready query={query}>
      {(data) => {
        const changes = data.pages.flatMap((page) => page.items);
        const refs = refsWith(record.refs, data.pages);
        if (changes.length === 0) return <Empty title={t("history.empty")} />;
        return (
          <Stack gap={0}>
            <ol className={classes.plain}>
              {changes.map((change) => (
                <Change key={change.event} change={change} refs={refs} />
              ))}
            </ol>
            <More label={t("older")} query={query} />
          </Stack>
        );
      }}
    </Ready>
  );
}

function Change({ change, refs }: { change: RecordChange; refs: Refs }) {
  const { t } = useTranslation("record");
  const kind = useKindWords();
  const { entity, record, saving, may } = useHere();
  const back: Fields = {};
  for (const [name, before] of changedPairs(entity, change)) {
    const writable = record.access.writable.includes(name);
    if (writable && !isMasked(before) && !same(before, record.fields[name])) back[name] = before ?? null;
  }
  const giver = change.owner?.[0]?.id;
  const patch: Patch = {
    ...(Object.keys(back).length > 0 && { fields: back }),
    ...(giver && giver !== record.owner.id && { owner: giver }),
  };
  const possible =
    change.kind === "update" && may("update") && !record.deleted_at && Object.keys(patch).length > 0;
  return (
    <li className={classes.change}>
      <div>
        <div className={classes.changeHead}>
          <span>{kind(change)}</span>
          <span className={classes.dim}>{change.by.name || t("history.program")}</span>
          <time dateTime={change.at} title={change.at} className={classes.dim}>
            {dateTime(change.at)}
          </time>
          <span className={classes.dim}>{t("version", { version: change.version })}</span>
        </div>
        <ChangeValues entity={entity} change={change} refs={refs} />
      </div>
      {possible && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => void saving.save(patch, { label: t("history.putBackDone"), base: record.fields })}
        >
          {t("history.putBack")}
        </Button>
      )}
    </li>
  );
}
