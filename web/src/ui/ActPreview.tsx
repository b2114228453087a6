// What an act on many records would do: how many, whose, which, and what leaves or changes.
import { Alert, List, Text } from "@mantine/core";
import { IconUserCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ActPreview as Preview } from "@/api/types";
import { number } from "@/lib/format";
import classes from "./ActPreview.module.css";

const PEOPLE = "role_change";

export function ActPreview({ preview, ask = true }: { preview: Preview; ask?: boolean }) {
  const { t } = useTranslation("requests");
  const { count, subjects, owners, names, what } = preview;
  const many = preview.kind === PEOPLE ? "people" : "records";
  const more = count - names.length;
  return (
    <div className={classes.preview}>
      <dl className={classes.facts}>
        <dt>{t("preview.what")}</dt>
        <dd>{t(`requests:kind.${preview.kind}`)}</dd>
        {(count > 0 || preview.kind !== PEOPLE) && (
          <>
            <dt>{t("preview.count")}</dt>
            <dd>
              {t(`requests:preview.${many}`, { count, number: number(count) })}
              {subjects > 0 && ` · ${t("preview.subjects", { count: subjects, number: number(subjects) })}`}
            </dd>
          </>
        )}
        {owners.length > 0 && (
          <>
            <dt>{t("preview.owners")}</dt>
            <dd>
              {owners.map((o) => `${o.user.name || t("common:unknownUser")} (${number(o.count)})`).join(", ")}
              {preview.more_owners > 0 && ` ${t("preview.more", { number: number(preview.more_owners) })}`}
            </dd>
          </>
        )}
        {names.length > 0 && (
          <>
            <dt>{t("preview.names")}</dt>
            <dd>
              {names.join(", ")}
              {more > 0 && ` ${t("preview.more", { number: number(more) })}`}
            </dd>
          </>
        )}
      </dl>
      {what.length > 0 && (
        <List size="sm">
          {what.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
      <Text size="sm" c="dimmed">
        {preview.can_undo ? t("preview.undo") : t("preview.noUndo")}
      </Text>
      {ask && preview.needs_approval && (
        <Alert color="orange" variant="light" icon={<IconUserCheck aria-hidden />} title={t("second.needed")}>
          {preview.done_before > 0 && (
            <Text size="sm">{t("preview.before", { number: number(preview.done_before) })}</Text>
          )}
          <Text size="sm">{t("second.about", { count: preview.days })}</Text>
          {preview.approvers.length > 0 && (
            <Text size="sm">
              {t("second.who", { names: preview.approvers.map((p) => p.name).join(", ") })}
            </Text>
          )}
          {preview.approvers.length === 0 && <Text size="sm">{t("second.nobody")}</Text>}
        </Alert>
      )}
    </div>
  );
}
