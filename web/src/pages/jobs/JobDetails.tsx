import { Anchor, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { BulkResult, ImportReport, Job, VerifyResult } from "@/api/types";
import { findEntity, useEntities } from "@/lib/entities";
import { number } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { Report } from "@/pages/import/Report";
import { useWholeJob } from "@/ui/JobsData";
import { SHARED_VIEWS } from "@/ui/JobsWords";
import { Ready } from "@/ui/States";
import { HandOverParts } from "./HandOverParts";
import classes from "./Jobs.module.css";

/** Whether there is more to tell than the line says. */
export function hasDetails(job: Job): boolean {
  if (!job.result) return false;
  if (job.kind === "hand_over" || job.kind === "hand_over_check")
    return ((job.result as BulkResult).parts ?? []).length > 0;
  if (job.kind === "bulk" || job.kind === "bulk_undo") return (job.result as BulkResult).refused > 0;
  return job.kind === "import" || job.kind === "import_dry_run" || job.kind === "verify";
}

/** What came of a job, in full. */
export function JobDetails({ job }: { job: Job }) {
  switch (job.kind) {
    case "bulk":
    case "bulk_undo":
      return <Refused result={job.result as BulkResult} />;
    case "hand_over":
    case "hand_over_check": {
      const result = job.result as BulkResult;
      return (
        <>
          <HandOverParts result={result} preview={job.kind === "hand_over_check"} />
          <Refused result={result} />
        </>
      );
    }
    case "import":
    case "import_dry_run":
      return <Rows job={job} />;
    case "verify":
      return <Findings result={job.result as VerifyResult} />;
    default:
      return null;
  }
}

function Rows({ job }: { job: Job }) {
  const query = useWholeJob(job);
  return (
    <Ready query={query}>
      {(whole) => (whole.result ? <Report report={whole.result as ImportReport} /> : null)}
    </Ready>
  );
}

function Refused({ result }: { result: BulkResult }) {
  const { t } = useTranslation("jobs");
  const entities = useEntities();
  const pluralOf = (entity: string) => findEntity(entities, entity)?.plural;
  return (
    <div className={classes.scroll}>
      {result.problems.length > 0 && (
        <Table captionSide="top" className={classes.table}>
          <Table.Caption className={classes.caption}>{t("refused.title")}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("refused.record")}</Table.Th>
              <Table.Th>{t("refused.reason")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result.problems.map((problem) => {
              const plural = pluralOf(problem.entity);
              return (
                <Table.Tr key={problem.id}>
                  <Table.Td>
                    {plural ? (
                      <Anchor component={Link} to={recordPath(plural, problem.id)} inherit>
                        {t("refused.open")}
                      </Anchor>
                    ) : (
                      t(problem.entity === SHARED_VIEWS ? "refused.view" : "refused.record")
                    )}
                  </Table.Td>
                  <Table.Td>{problem.reason}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      {result.refused > result.problems.length && (
        <p className={classes.lead}>
          {t("refused.more", { count: result.refused - result.problems.length })}
        </p>
      )}
    </div>
  );
}

function Findings({ result }: { result: VerifyResult }) {
  const { t } = useTranslation("jobs");
  return (
    <div className={classes.scroll}>
      <dl className={classes.facts}>
        <dt>{t("verify.events")}</dt>
        <dd>{number(result.events)}</dd>
        <dt>{t("verify.rows")}</dt>
        <dd>{number(result.rows)}</dd>
        {result.checkpoint && (
          <>
            <dt>{t("verify.size")}</dt>
            <dd>{number(result.checkpoint.size)}</dd>
            <dt>{t("verify.root")}</dt>
            <dd>
              <code>{result.checkpoint.root}</code>
            </dd>
          </>
        )}
      </dl>
      {result.findings.length > 0 && (
        <ul className={classes.findings}>
          {result.findings.map((finding, at) => (
            <li key={at}>{finding.text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
