import { Alert, Anchor, Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/client";
import { findEntity, useEntities } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import classes from "./QuickAdd.module.css";

interface Props {
  ref: Ref<HTMLDivElement>;
  problem: Problem;
  /** A field in the words of the user. */
  named: (field: string) => string;
  onGo: (field: string) => void;
  onAnyway: () => void;
  busy: boolean;
}

/** All that keeps the record from being saved, with the way to each field; for a duplicate, the way round. */
export function ErrorSummary({ ref, problem, named, onGo, onAnyway, busy }: Props) {
  const { t } = useTranslation("add");
  const duplicate = problem.status === 409 && problem.issues.some((issue) => issue.code === "duplicate");
  const other = problem.duplicate;
  const plural = findEntity(useEntities(), other?.entity ?? "")?.plural;
  const there = other && plural ? recordPath(plural, other.id) : undefined;
  const fields = [...new Set(problem.issues.map((issue) => issue.field))];
  return (
    <Alert
      ref={ref}
      tabIndex={-1}
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={duplicate ? t("duplicate.title") : problem.title}
    >
      <div className={classes.summary}>
        {duplicate ? (
          <>
            <p>
              {t("duplicate.who", { fields: fields.map(named).join(", ") })}{" "}
              <Anchor inherit href={there} target="_blank" rel="noopener">
                {other?.title || t("duplicates.untitled")}
                <span className="visually-hidden"> {t("duplicates.tab")}</span>
              </Anchor>
            </p>
            <p>{t("duplicate.text")}</p>
          </>
        ) : (
          <p>{problem.message}</p>
        )}
        {!duplicate && fields.length > 0 && (
          <ul>
            {fields.map((field) => (
              <li key={field}>
                <Anchor
                  component="button"
                  type="button"
                  inherit
                  underline="always"
                  onClick={() => onGo(field)}
                >
                  {named(field)}
                </Anchor>
                : {problem.issue(field)}
              </li>
            ))}
          </ul>
        )}
        {duplicate && (
          <Button size="compact-sm" variant="default" loading={busy} onClick={onAnyway}>
            {t("duplicate.anyway")}
          </Button>
        )}
      </div>
    </Alert>
  );
}
