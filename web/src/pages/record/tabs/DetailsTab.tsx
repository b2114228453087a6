import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, isMasked, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { InlineField } from "@/ui/InlineField";
import { MaskedField } from "@/ui/MaskedField";
import { Ask } from "@/ui/States";
import { useHere } from "../here";
import { cleaned, grouped, same } from "../values";
import classes from "./Tabs.module.css";

/** Opens the field that has the focus, or the first one that may be changed. */
export function editFirst(): void {
  const here = document.activeElement?.closest("[data-field]")?.querySelector("[data-edit]");
  const target = here ?? document.querySelector("[data-field] [data-edit]");
  if (target instanceof HTMLElement) target.click();
}

export function DetailsTab() {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const groups = grouped(entity, record);
  return (
    <div>
      {groups.map((group) => (
        <section key={group.name} className={classes.group} aria-labelledby={`group-${group.name}`}>
          <h2 id={`group-${group.name}`}>{t(`record:group.${group.name}`)}</h2>
          <div className={group.name === "text" ? undefined : classes.two}>
            {group.fields.map((field) => (
              <OneField key={field.name} field={field} />
            ))}
          </div>
        </section>
      ))}
      <Made />
    </div>
  );
}

function OneField({ field }: { field: Field }) {
  const { entity, record, saving, drafts, may } = useHere();
  const value = record.fields[field.name];
  // What is not seen is not edited over.
  const writable =
    may("update") && !record.deleted_at && record.access.writable.includes(field.name) && !isMasked(value);
  return (
    <InlineField
      field={field}
      value={value}
      refs={record.refs}
      writable={writable}
      kept={drafts.fields.get(field.name)}
      onKeep={(editing) => {
        if (editing) drafts.fields.set(field.name, editing);
        else drafts.fields.delete(field.name);
      }}
      onSave={async (wanted, base, anyway) => {
        if (same(wanted, base)) return null;
        const fields = { [field.name]: cleaned(wanted) };
        return saving.save({ fields }, { base: { [field.name]: base ?? null }, anyway, atField: true });
      }}
    >
      {isMasked(value) && (
        <MaskedField
          field={field}
          display={value.display}
          plural={entity.plural}
          id={record.id}
          mayReveal={may("reveal")}
        />
      )}
    </InlineField>
  );
}

/** Who made and who changed it last, and what is kept from the user. */
function Made() {
  const { t } = useTranslation("record");
  const { entity, record, may } = useHere();
  const { administrators } = useMe();
  const named = (names: string[]) =>
    names.map((name) => inWords(fieldOf(entity, name)?.label) || name).join(", ");
  const { hidden } = record.access;
  const masked = may("reveal") ? [] : record.access.masked;
  const by = (name: string) => name || t("history.program");
  return (
    <div className={classes.foot}>
      {record.registered_by && <p>{t("registeredBy", { name: record.registered_by.name })}</p>}
      <p>
        {t("made", { name: by(record.created_by.name) })}{" "}
        <time dateTime={record.created_at} title={record.created_at}>
          {dateTime(record.created_at)}
        </time>
        {" · "}
        {t("updated", { name: by(record.updated_by.name) })}{" "}
        <time dateTime={record.updated_at} title={record.updated_at}>
          {dateTime(record.updated_at)}
        </time>
        {" · "}
        {t("version", { version: record.version })}
      </p>
      {hidden.length > 0 && <p>{t("hidden", { names: named(hidden) })}</p>}
      {masked.length > 0 && <p>{t("masked", { names: named(masked) })}</p>}
      {hidden.length + masked.length > 0 && <Ask people={administrators} inline />}
    </div>
  );
}
