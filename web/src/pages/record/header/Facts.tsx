// The few facts that say who or what this is, by kind of record.
import { Anchor } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, useEntities } from "@/lib/entities";
import { relative } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { Flags } from "@/pages/deals/Flags";
import { FieldValue } from "@/ui/FieldValue";
import { Fact } from "@/ui/States";
import { useHere } from "../here";
import classes from "./Facts.module.css";
import { useDealFlags } from "./useDealFlags";

const FACTS: Record<string, string[]> = {
  company: ["nip", "city", "phone", "email"],
  person: ["job_title", "company", "email", "phone", "mobile"],
  lead: ["status", "rating", "company_name", "estimated_value", "email", "phone"],
  deal: ["value", "expected_close", "company", "person"],
  activity: ["kind", "due", "done", "assignee"],
};

export function Facts({ onOwner }: { onOwner?: () => void }) {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const names = (FACTS[entity.name] ?? []).filter((name) => record.fields[name] !== undefined);
  return (
    <div className={classes.top}>
      <dl className={classes.facts}>
        <ParentFact />
        {names.map((name) => {
          const field = fieldOf(entity, name);
          if (!field) return null;
          return (
            <OneFact key={name} label={inWords(field.label)}>
              <FieldValue field={field} value={record.fields[name]} refs={record.refs} />
            </OneFact>
          );
        })}
        <OneFact label={t("owner")}>
          {onOwner ? (
            <button type="button" className={classes.owner} onClick={onOwner} title={t("acts.owner")}>
              {record.owner.name || t("common:unknownUser")}
            </button>
          ) : (
            record.owner.name || t("common:unknownUser")
          )}
        </OneFact>
      </dl>
      <Warnings />
    </div>
  );
}

function OneFact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What an activity or a note hangs on. */
function ParentFact() {
  const { t } = useTranslation("record");
  const entities = useEntities();
  const { record } = useHere();
  if (!record.parent) return null;
  const parent = findEntity(entities, record.parent.entity);
  const ref = record.refs?.[record.parent.id];
  return (
    <OneFact label={t("about")}>
      {parent && ref ? (
        <Anchor component={Link} to={recordPath(parent.plural, record.parent.id)} inherit>
          {ref.title}
        </Anchor>
      ) : (
        <span className={classes.none}>{t("common:notVisible")}</span>
      )}
    </OneFact>
  );
}

function Warnings() {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const flags = useDealFlags();
  const due = record.fields.due;
  const late =
    entity.name === "activity" &&
    record.fields.done !== true &&
    typeof due === "string" &&
    Date.parse(due) < Date.now();
  if (!late && flags.length === 0) return null;
  return (
    <div className={classes.warnings}>
      {late && (
        <Fact kind="danger">
          <IconAlertTriangle size={14} aria-hidden />
          {t("warn.late", { when: relative(String(due)) })}
        </Fact>
      )}
      <Flags flags={flags} />
    </div>
  );
}
