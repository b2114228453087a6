// How a job is called, how it goes, and what came of it, in words.
import { useTranslation } from "react-i18next";
import type { components } from "@/api/schema";
import type { BulkResult, ImportReport, Job, VerifyResult } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities } from "@/lib/entities";
import { number, percent } from "@/lib/format";

type ExportResult = components["schemas"]["ExportResult"];

interface ImportUndone {
  removed: number;
  restored: number;
  kept: number;
}

interface JobWords {
  title: (job: Job) => string;
  state: (job: Job) => string;
  /** How far, what came of it, or why it failed. */
  summary: (job: Job) => string;
  /** What is handed over: records, and views that are shared. */
  handedOver: (result: Partial<BulkResult>) => string;
}

/** What parts of a hand-over call views, in the place of an entity. */
export const SHARED_VIEWS = "saved_view";

export function useJobWords(): JobWords {
  const { t } = useTranslation("jobs");
  const entities = useEntities();
  const counted = (key: string, count = 0) => (count > 0 ? [t(key, { count, number: number(count) })] : []);
  const title = (job: Job): string => {
    const entity = job.entity ? inWords(findEntity(entities, job.entity)?.label_plural) : "";
    const name = t(`kind.${job.kind}`);
    return entity ? t("of", { name, entity }) : name;
  };
  const state = (job: Job): string => {
    return t(job.undone ? "state.undone" : `state.${job.state}`);
  };
  const summary = (job: Job): string => {
    if (job.state === "queued") return t("waits");
    if (job.state === "running") return progress(job);
    if (job.problem) return job.problem.detail || job.problem.title;
    // Of one that was stopped only its way is known, and nothing of what it would have found.
    if (!job.result) return t("progressOpen", { done: number(job.done) });
    return result(job).join(" · ") || t("result.nothing");
  };
  const progress = (job: Job): string => {
    // An import counts rows or bytes, as the file allows: a share says it either way.
    const share = job.kind === "import" || job.kind === "import_dry_run";
    if (share) return job.total ? t("share", { share: percent(job.done / job.total) }) : t("reading");
    if (!job.total && job.done === 0) return t("begins");
    return job.total
      ? t("progress", { done: number(job.done), total: number(job.total) })
      : t("progressOpen", { done: number(job.done) });
  };

  const result = (job: Job): string[] => {
    switch (job.kind) {
      case "bulk":
      case "bulk_undo": {
        const { changed, unchanged, refused } = (job.result ?? {}) as Partial<BulkResult>;
        return [
          ...counted(job.kind === "bulk" ? "result.changed" : "result.putBack", changed),
          ...counted("result.unchanged", unchanged),
          ...counted("result.refused", refused),
        ];
      }
      case "hand_over":
      case "hand_over_check": {
        const found = (job.result ?? {}) as Partial<BulkResult>;
        const what = handedOver(found);
        const done = job.kind === "hand_over" ? "result.handedOver" : "result.wouldHandOver";
        return [...(what ? [t(done, { what })] : []), ...counted("result.stay", found.refused)];
      }
      case "import":
      case "import_dry_run": {
        const report = (job.result ?? {}) as Partial<ImportReport>;
        const dry = job.kind === "import_dry_run";
        if (report.rows === 0 && report.finished !== false) return [t("result.noRows")];
        return [
          ...counted(dry ? "result.wouldMake" : "result.made", report.made),
          ...counted(dry ? "result.wouldUpdate" : "result.updated", report.updated),
          ...counted("result.duplicates", report.duplicates),
          ...counted("result.rowsRefused", report.refused),
        ];
      }
      case "import_undo": {
        const undone = (job.result ?? {}) as Partial<ImportUndone>;
        return [
          ...counted("result.removed", undone.removed),
          ...counted("result.restored", undone.restored),
          ...counted("result.kept", undone.kept),
        ];
      }
      case "export": {
        const made = (job.result ?? {}) as Partial<ExportResult>;
        return [...counted("result.exported", made.records), ...counted("result.leftOut", made.left_out)];
      }
      case "verify": {
        const found = (job.result ?? {}) as Partial<VerifyResult>;
        const count = found.findings?.length ?? 0;
        return [
          ...counted("result.events", found.events),
          count > 0 ? t("result.findings", { count }) : t("result.sound"),
        ];
      }
      case "rebuild":
        return counted("result.rebuilt", (job.result as { records: number }).records);
    }
  };
  const handedOver = ({ changed = 0, parts = [] }: Partial<BulkResult>): string => {
    const of = (part: { entity: string; changed: number }) =>
      part.entity === SHARED_VIEWS ? part.changed : 0;
    const views = parts.reduce((sum, part) => sum + of(part), 0);
    return [...counted("result.records", changed - views), ...counted("result.views", views)].join(", ");
  };
  return { title, state, summary, handedOver };
}
