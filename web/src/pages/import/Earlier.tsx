import { Button } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCircleCheck,
  IconLoader2,
  IconPlayerPlay,
  IconPlayerStop,
} from "@tabler/icons-react";
import { queryOptions, type UseQueryResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, Problem, request } from "@/api/client";
import { changed } from "@/api/queries";
import type { Entity, ImportEntry, Items, Job } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities } from "@/lib/entities";
import { dateTime, number, relative } from "@/lib/format";
import { isGoing, know } from "@/lib/jobs";
import { done, failed } from "@/lib/undo";
import { sureToUndo, useJobs } from "@/ui/JobsData";
import { Empty, Fact, Ready } from "@/ui/States";
import classes from "./Import.module.css";

export const importsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: () => get<Items<ImportEntry>>("/imports").then((answer) => answer.items),
});

interface Props {
  query: UseQueryResult<ImportEntry[]>;
  /** What the user may import. */
  entities: Entity[];
  onResume: (one: ImportEntry) => void;
}

/** The user's own imports so far: each can be undone as one act, one cut short can go on. */
export function Earlier({ query, entities, onResume }: Props) {
  const { t } = useTranslation("import");
  const going = useJobs().data?.filter((job) => job.kind === "import" && isGoing(job)) ?? [];
  return (
    <section className={classes.earlier} aria-label={t("earlier.title")}>
      <h2>{t("earlier.title")}</h2>
      <Ready query={query} rows={3}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t("earlier.none")}>{t("earlier.noneText")}</Empty>
          ) : (
            <ul>
              {items.map((one) => (
                <One
                  key={one.id}
                  one={one}
                  going={going}
                  onResume={entities.some((e) => e.name === one.entity) ? () => onResume(one) : undefined}
                />
              ))}
            </ul>
          )
        }
      </Ready>
    </section>
  );
}

function State({ one, running }: { one: ImportEntry; running: boolean }) {
  const { t } = useTranslation("import");
  if (running)
    return (
      <Fact kind="muted">
        <IconLoader2 size={14} aria-hidden />
        {t("earlier.running")}
      </Fact>
    );
  if (one.undone)
    return (
      <Fact kind="muted">
        <IconArrowBackUp size={14} aria-hidden />
        {t("earlier.undone")}
      </Fact>
    );
  if (one.finished)
    return (
      <Fact kind="ok">
        <IconCircleCheck size={14} aria-hidden />
        {t("earlier.finished")}
      </Fact>
    );
  return (
    <Fact kind="warn">
      <IconPlayerStop size={14} aria-hidden />
      {t("earlier.cut", { line: number(one.last_line ?? 0) })}
    </Fact>
  );
}

function One({ one, going, onResume }: { one: ImportEntry; going: Job[]; onResume?: () => void }) {
  const { t } = useTranslation("import");
  const entity = findEntity(useEntities(), one.entity);
  const name = inWords(entity?.label_plural) || one.entity;
  const client = useQueryClient();
  // A job of its own: it goes on when the page is left, and the tray shows how far it is.
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      try {
        return await request<Job>("POST", `/jobs/${one.id}/undo`);
      } catch (error) {
        // Of one that was no job, or was resumed by another, there is only the import to undo.
        if (!(error instanceof Problem && [404, 409].includes(error.status))) throw error;
        await request("POST", `/imports/${one.id}/undo`);
        return null;
      }
    },
    onSuccess: (job) => {
      if (job) know(client, job);
      done(t(job ? "earlier.undoing" : "earlier.wasUndone"));
      if (entity) changed(client, entity.plural);
    },
    onError: failed,
    onSettled: () => void client.invalidateQueries({ queryKey: ["imports"] }),
  });
  // What has not ended may be running right now, by its first job or by one that resumed it.
  const busy = !one.finished && going.some((job) => job.entity === one.entity);
  const ask = async () => {
    if (await sureToUndo()) mutate();
  };
  const counts = [
    t("earlier.rows", { count: one.rows, number: number(one.rows) }),
    t("earlier.made", { number: number(one.made ?? 0) }),
    t("earlier.updated", { number: number(one.updated ?? 0) }),
    t("earlier.refused", { number: number((one.refused ?? 0) + (one.duplicates ?? 0)) }),
  ];
  return (
    <li>
      <div className={classes.earlierText}>
        <div className={classes.jobLine}>
          <strong>{name}</strong>
          <time dateTime={one.at} title={dateTime(one.at)}>
            {relative(one.at)}
          </time>
          <State one={one} running={going.some((job) => job.id === one.id)} />
        </div>
        <span className={classes.dim}>
          {one.name} · {counts.join(" · ")}
        </span>
      </div>
      <div className={classes.buttons}>
        {!one.finished && !one.undone && !busy && onResume && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            onClick={onResume}
          >
            {t("earlier.resume")}
          </Button>
        )}
        {!one.undone && !busy && (one.made ?? 0) + (one.updated ?? 0) > 0 && (
          <Button
            variant="default"
            size="compact-sm"
            loading={isPending}
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            aria-label={t("earlier.undoOne", { entity: name, at: dateTime(one.at) })}
            onClick={() => void ask()}
          >
            {t("earlier.undo")}
          </Button>
        )}
      </div>
    </li>
  );
}
